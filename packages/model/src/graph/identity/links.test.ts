import { describe, expect, it } from 'vitest';
import { Trait } from '../../event/traits.ts';
import { second, type Telling, tell } from '../testing/told.ts';
import { podTree } from '../tree/podTree.ts';

const web = { pod: 'shop/web/u1', container: 'web', containerStart: 100 };
const shim: Telling = { id: 'shim', pid: 50, at: 90, binary: '/shim' };

describe('how a parent is found', () => {
  it('by the id that the child’s own event names: exec_id', () => {
    const story = tell([shim, { id: 'a', parent: 'shim', at: 100, rank: 3 }]);
    expect(story.card('a')).toMatchObject({ linkMethod: 'exec_id', suspect: '' });
    expect(story.parentOf('a')).toBe('shim');
  });

  it('by what a snapshot of the child says: embedded', () => {
    const story = tell([shim, { id: 'a', parent: 'shim', at: 100, rank: 2 }]);
    expect(story.card('a').linkMethod).toBe('embedded');
  });

  it('by a list of ancestors: ancestors', () => {
    const story = tell([shim, { id: 'a', parent: 'shim', at: 100, rank: 1 }]);
    expect(story.card('a').linkMethod).toBe('ancestors');
  });

  it('by the pid in the id as of the child’s start, when the id names no time: pid_as_of', () => {
    const story = tell([
      { id: 'first', pid: 7, at: 10 },
      { id: 'second', pid: 7, at: 20 },
      { id: 'third', pid: 7, at: 40 },
      { id: 'node:0:7', pid: 7, rank: 1 },
      { id: 'child', pid: 8, at: 30, parent: 'node:0:7' },
    ]);
    expect(story.card('child').linkMethod).toBe('pid_as_of');
    expect(story.parentOf('child')).toBe('second');
    expect(story.cards('node:0:7')).toEqual([]);
  });

  it('takes no process that had ended, and keeps the id then', () => {
    const story = tell(
      [
        { id: 'first', pid: 7, at: 10 },
        { id: 'node:0:7', pid: 7, rank: 1 },
        { id: 'child', pid: 8, at: 30, parent: 'node:0:7' },
      ],
      { exits: [['first', 15, 0]] },
    );
    expect(story.parentOf('child')).toBe('node:0:7');
    expect(story.card('child').linkMethod).toBe('exec_id');
  });

  it('not at all, when nobody is named: none', () => {
    expect(tell([{ id: 'a', at: 1 }]).card('a')).toMatchObject({ linkMethod: 'none', parent: -1 });
  });

  it('prefers the exec_id of better evidence over that of a snapshot', () => {
    const story = tell([
      shim,
      { id: 'other', at: 91 },
      { id: 'a', parent: 'zzz', at: 100, rank: 2 },
      { id: 'a', parent: 'shim', at: 100, rank: 4 },
    ]);
    expect(story.parentOf('a')).toBe('shim');
  });
});

describe('suspect links', () => {
  const suspect = (tellings: readonly Telling[], id = 'a'): string =>
    tell(tellings).card(id).suspect;

  it('are told when the child starts before its parent', () => {
    const story = tell([shim, { id: 'a', parent: 'shim', at: 80, pid: 9 }]);
    expect(story.card('a').suspect).toBe('starts before its parent');
    expect(story.flags('a')).toContain('suspect_parent');
    expect(story.parentOf('a')).toBe('shim');
  });

  it('are judged by ktime inside a boot: a stepped clock accuses nobody (D18)', () => {
    expect(suspect([shim, { id: 'a', parent: 'shim', at: 100, start: 80, pid: 9 }])).toBe('');
  });

  it('are judged by wall time when an id tells none, with a second for jitter', () => {
    const child = { id: 'a', parent: 'shim', ktime: false as const, pid: 9 };
    expect(suspect([shim, { ...child, at: 88 }])).toBe('starts before its parent');
    expect(suspect([shim, { ...child, at: 89.5 }])).toBe('');
  });

  it('allow the 10 ms that times from /proc are rounded to, and one step more', () => {
    const procfs = { ...shim, traits: Trait.procfs };
    expect(suspect([procfs, { id: 'a', parent: 'shim', at: 89.985, pid: 9 }])).toBe('');
    expect(suspect([procfs, { id: 'a', parent: 'shim', at: 89.97, pid: 9 }])).toBe(
      'starts before its parent',
    );
  });

  it('are told when the parent is on another node', () => {
    expect(suspect([shim, { id: 'a', parent: 'shim', at: 100, node: 'n2' }])).toBe(
      'parent is on node n1, this process on n2',
    );
  });

  it('are told when the ids of child and parent spell different nodes, whatever the records say', () => {
    // base64 of node-1:5:7, node-1:6:8 and node-2:5:7
    const parents = ['bm9kZS0xOjU6Nw==', 'bm9kZS0yOjU6Nw=='];
    const child = 'bm9kZS0xOjY6OA==';
    expect(suspect([{ id: child, parent: parents[0] ?? '', at: 100 }], child)).toBe('');
    expect(suspect([{ id: child, parent: parents[1] ?? '', at: 100 }], child)).toBe(
      'the ids of this process and its parent name different nodes',
    );
  });

  it('are told when the parent belongs to another boot', () => {
    expect(suspect([shim, { id: 'a', parent: 'shim', at: 100, bootedAt: 9000 }])).toBe(
      'parent belongs to another boot of the node',
    );
  });

  it('are told when the parent had ended before (D14), not when it was seen alive after (D10)', () => {
    const tellings = [
      { ...shim, seen: [90, 200] as const },
      { id: 'a', parent: 'shim', at: 150, pid: 9 },
    ];
    expect(
      tell([shim, ...tellings.slice(1)], { exits: [['shim', 120, 0]] }).card('a').suspect,
    ).toBe('starts after its parent ended');
    expect(tell(tellings, { exits: [['shim', 120, 0]] }).card('a').suspect).toBe('');
  });

  it('are told when a process of one pod stands below one of another', () => {
    const story = tell([
      { id: 'a', at: 100, ...web },
      { id: 'b', parent: 'a', at: 101, pod: 'shop/db/u2', container: 'db', pid: 9 },
    ]);
    expect(story.card('b').suspect).toBe('in another pod than its parent');
  });
});

describe('leaving a container', () => {
  const inside: Telling = {
    id: 'main',
    pid: 60,
    nsPid: 1,
    parent: 'shim',
    at: 100,
    traits: Trait.ownNamespaces,
    ...web,
  };

  it.each([
    ['unknown', 0],
    ['host', Trait.hostNamespaces],
    ['own', Trait.ownNamespaces],
  ])('is loud, with the namespace evidence %s', (namespaces, traits) => {
    const story = tell([shim, inside, { id: 'out', parent: 'main', at: 101, pid: 61, traits }]);
    const flag = story.card('out').flags.find(({ code }) => code === 'left_container');
    expect(flag?.inputs).toEqual({ namespaces });
    expect(story.card('out')).toMatchObject({ loud: true, role: '', container: undefined });
    expect(story.card('out').suspect).toBe('outside of the container that its parent is in');
  });

  it('is seen when the cgroup stays and the namespaces are the host’s (nsenter)', () => {
    const story = tell([
      shim,
      inside,
      { id: 'out', parent: 'main', at: 101, pid: 61, traits: Trait.hostNamespaces, ...web },
    ]);
    expect(story.flags('out')).toContain('left_container');
    expect(story.card('out').loud).toBe(true);
  });

  it('is not said of a pod that runs in the host’s namespaces as a whole', () => {
    const host = { ...inside, traits: Trait.hostNamespaces };
    const story = tell([shim, host, { ...host, id: 'b', parent: 'main', at: 101, pid: 61 }]);
    expect(story.flags('b')).not.toContain('left_container');
  });

  it('is not said of the shim above', () => {
    expect(tell([shim, inside]).flags('shim')).toEqual([]);
  });
});

describe('circles', () => {
  it('are cut at the smallest key and flagged (D13)', () => {
    const story = tell([
      { id: 'c', parent: 'b', at: 3 },
      { id: 'b', parent: 'a', at: 2 },
      { id: 'a', parent: 'c', at: 1 },
    ]);
    expect(story.tree()).toBe('a(b(c))');
    expect(story.flags('a')).toContain('cycle_cut');
    expect(story.card('a').linkMethod).toBe('none');
    expect(story.flags('b')).not.toContain('cycle_cut');
  });

  it('of one lose the edge and are flagged (D12)', () => {
    const story = tell([{ id: 'a', parent: 'a', at: 1 }]);
    expect(story.tree()).toBe('a');
    expect(story.flags('a')).toEqual(['self_parent']);
  });
});

describe('exec in place', () => {
  const entry: Telling = {
    id: 'entry',
    pid: 60,
    nsPid: 1,
    parent: 'shim',
    at: 100,
    binary: '/entry.sh',
    ...web,
  };
  const node: Telling = {
    id: 'node',
    pid: 60,
    nsPid: 1,
    parent: 'entry',
    at: 100.001,
    binary: '/node',
    ...web,
  };

  it('is one card with image history when the pid is the parent’s', () => {
    const story = tell([shim, entry, node]);
    expect(story.tree()).toBe('shim(entry>node)');
    expect(story.card('node')).toMatchObject({
      execId: 'node',
      binary: '/node',
      startTime: second(100),
    });
    expect(story.card('node').images.map(({ binary }) => binary)).toEqual(['/entry.sh', '/node']);
  });

  it('hangs the children of every image on the card', () => {
    const story = tell([
      shim,
      entry,
      node,
      { id: 'x', parent: 'entry', pid: 70, at: 100.0005, ...web },
    ]);
    expect(story.tree()).toBe('shim(entry>node(x))');
  });

  it('is asked of the pid, not of the word clone', () => {
    const cloned = { ...node, traits: Trait.execSeen | Trait.clone };
    expect(tell([shim, entry, cloned]).tree()).toBe('shim(entry>node)');
    expect(tell([shim, entry, { ...node, pid: 61 }]).tree()).toBe('shim(entry(node))');
  });

  it('holds for processes of the host too', () => {
    expect(tell([shim, { id: 'b', pid: 50, parent: 'shim', at: 91 }]).tree()).toBe('shim>b');
  });

  it('is cut at the boundary of the container: runc’s init ends as replaced when the entrypoint begins', () => {
    const story = tell([
      shim,
      { id: 'runc', pid: 60, parent: 'shim', at: 99 },
      { ...entry, parent: 'runc' },
    ]);
    expect(story.tree()).toBe('shim(runc(entry))');
    expect(story.card('runc')).toMatchObject({
      end: 'replaced',
      endTime: second(100),
      role: 'host',
    });
  });

  it('is not assumed of two instances of one container', () => {
    const restarted = { ...node, container: 'web#2' };
    expect(tell([shim, entry, restarted]).tree()).toBe('shim(entry(node))');
  });

  it('is not assumed across a suspect link', () => {
    expect(tell([shim, entry, { ...node, at: 50 }]).tree()).toBe('shim(entry(node))');
  });

  it('happens once: of two that claim the pid the earlier is the successor', () => {
    const story = tell([shim, entry, node, { ...node, id: 'rival', at: 105 }]);
    expect(story.tree()).toBe('shim(entry>node(rival))');
  });
});

describe('ends', () => {
  it('are exited with code and signal, when an exit was reported', () => {
    const story = tell([shim], { exits: [['shim', 95, 137, 'SIGKILL']] });
    expect(story.card('shim')).toMatchObject({
      end: 'exited',
      endTime: second(95),
      exitCode: 137,
      exitSignal: 'SIGKILL',
    });
  });

  it('keep an unknown code unknown: it is not 0 (D41)', () => {
    expect(tell([shim], { exits: [['shim', 95]] }).card('shim')).toMatchObject({
      end: 'exited',
      exitCode: undefined,
    });
  });

  it('are unknown in silence (D9)', () => {
    expect(tell([shim]).card('shim')).toMatchObject({ end: 'unknown', endTime: undefined });
  });

  it('take the latest of several reported exits (D10)', () => {
    const exits = [['shim', 95, 1] as const, ['shim', 99, 2] as const];
    expect(tell([shim], { exits }).card('shim').exitCode).toBe(2);
    expect(tell([shim], { exits: [...exits].reverse() }).card('shim').exitCode).toBe(2);
  });

  it('are reopened and flagged by activity after them (D10)', () => {
    const story = tell([{ ...shim, seen: [90, 120] }], { exits: [['shim', 95, 0]] });
    expect(story.card('shim')).toMatchObject({ end: 'unknown', exitCode: undefined });
    expect(story.flags('shim')).toContain('activity_after_exit');
  });

  it('of a card with image history are those of its last image', () => {
    const story = tell([shim, { id: 'b', pid: 50, parent: 'shim', at: 91 }], {
      exits: [['b', 99, 3]],
    });
    expect(story.card('b').exitCode).toBe(3);
  });
});

describe('order', () => {
  it('puts parents before children, and siblings by start, then id', () => {
    const story = tell([
      { id: 'late', parent: 'shim', at: 93, pid: 3 },
      { id: 'b', parent: 'shim', at: 92, pid: 2 },
      { id: 'a', parent: 'shim', at: 92, pid: 1 },
      shim,
    ]);
    expect(story.tree()).toBe('shim(a b late)');
    expect(story.derived.processes.map(({ parent }) => parent)).toEqual([-1, 0, 0, 0]);
  });

  it('of siblings inside a boot is that of ktime, whatever the wall clock says (D18)', () => {
    const story = tell([
      shim,
      { id: 'b', parent: 'shim', at: 92, start: 122, pid: 2 },
      { id: 'a', parent: 'shim', at: 93, pid: 1 },
    ]);
    expect(story.tree()).toBe('shim(b a)');
  });
});

describe('a pod’s tree', () => {
  it('is its processes, their ancestors to the root, and all descendants, also those that left', () => {
    const story = tell([
      { id: 'init', pid: 1, at: 1 },
      { ...shim, parent: 'init' },
      { id: 'main', pid: 60, nsPid: 1, parent: 'shim', at: 100, ...web },
      { id: 'out', parent: 'main', at: 101, pid: 61 },
      { id: 'below', parent: 'out', at: 102, pid: 62 },
      { id: 'cron', parent: 'init', at: 50, pid: 70 },
      { id: 'db', pid: 80, parent: 'shim', at: 101, pod: 'shop/db/u2', container: 'db' },
    ]);
    const pod = story.derived.pods.findIndex(({ fact }) => fact.name === 'web');
    const ids = podTree(story.derived, pod).map((index) => story.derived.processes[index]?.execId);
    expect(ids).toEqual(['init', 'shim', 'main', 'out', 'below']);
  });
});
