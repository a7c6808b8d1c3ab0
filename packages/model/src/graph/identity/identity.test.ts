import { describe, expect, it } from 'vitest';
import { Trait } from '../../event/traits.ts';
import { factsOf, second, storyOf, tell } from '../testing/told.ts';

describe('one id, several faces', () => {
  it('takes a sighting that lacks fields for the same process', () => {
    const story = tell([
      { id: 'a', rank: 2, pid: 7 },
      { id: 'a', rank: 3, binary: '/bin/sh', at: 5 },
      { id: 'a', rank: 4, pid: 7, binary: '/bin/sh', args: '-c x', at: 5 },
    ]);
    expect(story.derived.processes).toHaveLength(1);
    expect(story.card('a')).toMatchObject({ pid: 7, binary: '/bin/sh', arguments: '-c x' });
  });

  it('prefers an own exec over another own event over an embedded snapshot, field by field', () => {
    const story = tell([
      { id: 'a', rank: 2, pid: 7, args: 'embedded', uid: 2, nsPid: 2 },
      { id: 'a', rank: 4, pid: 7, args: 'exec' },
      { id: 'a', rank: 3, pid: 7, args: 'other', uid: 3 },
    ]);
    expect(story.card('a')).toMatchObject({ arguments: 'exec', uid: 3, nsPid: 2 });
  });

  it('lets no absent field overwrite a present one', () => {
    const story = tell([
      { id: 'a', rank: 2, args: 'kept' },
      { id: 'a', rank: 4 },
    ]);
    expect(story.card('a').arguments).toBe('kept');
  });

  it('settles a tie by the larger value, never by arrival', () => {
    const tellings = [
      { id: 'a', rank: 3 as const, args: 'aa' },
      { id: 'a', rank: 3 as const, args: 'bb' },
    ];
    expect(tell(tellings).card('a').arguments).toBe('bb');
    expect(tell([...tellings].reverse()).card('a').arguments).toBe('bb');
  });

  it('keeps another pid under one id apart, flagged (a variant)', () => {
    const story = tell([
      { id: 'a', pid: 7, binary: '/bin/sh', at: 5 },
      { id: 'a', pid: 8, binary: '/bin/sh', at: 5 },
    ]);
    expect(story.cards('a').map(({ pid }) => pid)).toEqual([7, 8]);
    expect(story.cards('a').map(({ ref }) => ref.slice(22))).toEqual(['', '~2']);
    for (const card of story.cards('a')) {
      expect(card.flags.map(({ code }) => code)).toContain('contradicted');
    }
  });

  it('keeps another binary at the same start apart, and counts on', () => {
    const story = tell([
      { id: 'a', pid: 7, binary: '/bin/a', at: 5 },
      { id: 'a', pid: 7, binary: '/bin/b', at: 5 },
      { id: 'a', pid: 7, binary: '/bin/c', at: 5 },
    ]);
    expect(story.cards('a').map(({ ref }) => ref.slice(22))).toEqual(['', '~2', '~3']);
  });

  it('makes no variant of what only the id says', () => {
    const story = tell([
      { id: 'a', rank: 1, pid: 25744 },
      { id: 'a', rank: 4, pid: 6123, binary: '/bin/sh', at: 5 },
    ]);
    expect(story.card('a')).toMatchObject({ pid: 6123, flags: [] });
  });

  it('gives one id in two clusters to two processes (D25)', () => {
    const story = tell([
      { id: 'a', pid: 7, cluster: 'east' },
      { id: 'a', pid: 7, cluster: 'west' },
    ]);
    expect(
      story
        .cards('a')
        .map(({ cluster }) => cluster)
        .sort(),
    ).toEqual(['east', 'west']);
    expect(new Set(story.cards('a').map(({ ref }) => ref)).size).toBe(2);
  });

  it('gives one id on two nodes to two processes (ids without a node, D26)', () => {
    const story = tell([
      { id: 'pid:pid:pid', pid: 7, node: 'w1' },
      { id: 'pid:pid:pid', pid: 7, node: 'w2' },
    ]);
    expect(
      story
        .cards('pid:pid:pid')
        .map(({ node }) => node)
        .sort(),
    ).toEqual(['w1', 'w2']);
  });
});

describe('boots', () => {
  it('makes one id in two boots two processes, the later one ~2 (D20)', () => {
    const story = tell([
      { id: 'init', pid: 1, at: 1, binary: '/init' },
      { id: 'init', pid: 1, at: 1, binary: '/init', bootedAt: 5000 },
    ]);
    expect(story.cards('init').map(({ ref }) => ref.slice(22))).toEqual(['', '~2']);
    expect(story.cards('init').flatMap(({ flags }) => flags)).toEqual([]);
  });

  it('takes boot times up to 60 s apart for one boot', () => {
    const story = tell([
      { id: 'a', pid: 1, at: 1 },
      { id: 'a', pid: 1, at: 1, bootedAt: 60 },
    ]);
    expect(story.card('a').flags.map(({ code }) => code)).toEqual(['clock_stepped']);
  });

  it('begins a new boot at a gap above 60 s', () => {
    const story = tell([
      { id: 'a', pid: 1, at: 1 },
      { id: 'a', pid: 1, at: 1, bootedAt: 61.5 },
    ]);
    expect(story.cards('a')).toHaveLength(2);
  });

  it('puts an id without a start into the boot of its nearest child', () => {
    const story = tell([
      { id: 'old', pid: 9, at: 50 },
      { id: 'ghost', rank: 1, pid: 3, at: 20, start: false },
      { id: 'child', pid: 4, at: 30, parent: 'ghost', bootedAt: 5000 },
    ]);
    expect(story.card('ghost').startTime).toBe(second(5020));
    expect(story.card('ghost').startDerived).toBe(true);
    expect(story.flags('ghost')).toEqual(['start_derived']);
    expect(story.card('child').suspect).toBe('');
  });

  it('passes the boot on through a chain of ghosts', () => {
    const story = tell([
      { id: 'g2', rank: 2, parent: 'g1', at: 20, start: false },
      { id: 'g3', rank: 2, parent: 'g2', at: 25, start: false },
      { id: 'child', at: 30, parent: 'g3', bootedAt: 5000 },
      { id: 'old', at: 50 },
    ]);
    expect(story.card('g2').startTime).toBe(second(5020));
    expect(story.card('g1').startTime).toBeUndefined();
    expect(story.tree()).toBe('old g1(g2(g3(child)))');
  });

  it('splits a ghost that children of two boots name: each takes the one of its boot', () => {
    const story = tell([
      { id: 'kernel', rank: 1, pid: 0, traits: Trait.kernel },
      { id: 'a', at: 30, parent: 'kernel' },
      { id: 'b', at: 31, parent: 'kernel', bootedAt: 5000 },
    ]);
    expect(story.cards('kernel')).toHaveLength(2);
    expect(story.card('a').suspect).toBe('');
    expect(story.card('b').suspect).toBe('');
    expect(story.card('a').parent).not.toBe(story.card('b').parent);
  });

  it('gives every boot a kernel of its own, also when only one was described (D12, D20)', () => {
    const kernel = { id: 'k', rank: 2 as const, pid: 0, at: 0.000001, traits: Trait.kernel };
    const story = tell([
      { ...kernel, bootedAt: 9000 },
      { id: 'a', parent: 'k', at: 1, pid: 1 },
      { id: 'b', parent: 'k', at: 1, pid: 1, bootedAt: 9000 },
    ]);
    expect(story.tree()).toBe('k(a) k(b)');
    expect(story.card('a').suspect).toBe('');
    const alone = tell([
      { ...kernel, bootedAt: 9000 },
      { id: 'a', at: 1 },
    ]);
    expect(alone.card('k').ref).toHaveLength(22);
  });

  it('derives the start of a ghost parent from its child and its id', () => {
    const story = tell([
      { id: 'ghost', rank: 1, pid: 21386, at: 556.417702, start: false },
      { id: 'child', pid: 22258, at: 576.223122, parent: 'ghost' },
    ]);
    expect(story.card('ghost').startTime).toBe(second(556.417702));
  });

  it('derives no start from an id without a time', () => {
    const story = tell([
      { id: 'zero', rank: 1, pid: 5 },
      { id: 'child', at: 9, parent: 'zero' },
    ]);
    expect(story.card('zero').startTime).toBeUndefined();
    expect(story.card('zero').startDerived).toBe(false);
  });
});

describe('how a process is known', () => {
  it.each([
    ['exec', { rank: 4 as const }, 'its own exec was seen'],
    ['procfs', { rank: 4 as const, traits: Trait.procfs }, 'it was running when the agent started'],
    ['ghost', { rank: 2 as const }, 'it was only named as a parent'],
    ['ghost', { rank: 1 as const }, 'only its id was named'],
    [
      'fork',
      { rank: 3 as const, binary: '/bin/p', args: 'x' },
      'it runs what its parent runs and never exec’d',
    ],
    ['exec', { rank: 3 as const, binary: '/bin/q' }, 'it runs something else than its parent'],
  ])('calls a process %s when %j: %s', (kind, telling, _why) => {
    const story = tell([
      { id: 'p', binary: '/bin/p', args: 'x', at: 1, pid: 1 },
      { id: 'a', parent: 'p', at: 2, pid: 2, ...telling },
      { id: 'below', parent: 'a', at: 3, pid: 3 },
    ]);
    expect(story.card('a').kind).toBe(kind);
  });

  it('makes a node of a parent that nobody described', () => {
    const story = tell([{ id: 'child', parent: 'nobody', at: 3 }]);
    expect(story.tree()).toBe('nobody(child)');
    expect(story.card('nobody').kind).toBe('ghost');
  });

  it('makes no node of an inferred process that no link uses', () => {
    expect(
      tell([
        { id: 'a', at: 1 },
        { id: 'unused', rank: 1, pid: 3 },
      ]).tree(),
    ).toBe('a');
  });

  it('names a card by its first image, and finds it by any image (ref)', () => {
    const story = tell([
      { id: 'one', pid: 5, at: 1, binary: '/a' },
      { id: 'two', pid: 5, at: 2, parent: 'one', binary: '/b' },
    ]);
    const alone = tell([{ id: 'one', pid: 5, at: 1, binary: '/a' }]);
    expect(story.card('two').ref).toBe(alone.card('one').ref);
    expect(story.card('one').ref).toMatch(/^[\w-]{22}$/);
    for (const key of story.card('two').keys) expect(story.derived.byKey.get(key)).toEqual([0]);
    expect(story.card('two').keys).toHaveLength(2);
  });

  it('keeps a kernel root and marks it', () => {
    const story = tell([
      { id: 'k', rank: 2, pid: 0, parent: 'k', traits: Trait.kernel, binary: '<kernel>' },
      { id: 'init', pid: 1, at: 1, parent: 'k' },
    ]);
    expect(story.tree()).toBe('k(init)');
    expect(story.card('k').kernel).toBe(true);
    expect(story.flags('k')).toEqual(['self_parent']);
    expect(story.card('init').kernel).toBeUndefined();
  });
});

describe('clusters', () => {
  it('gives facts without a cluster to the one named cluster that also reports the node', () => {
    const story = tell([
      { id: 'a', at: 1, cluster: 'east' },
      { id: 'b', at: 2, cluster: '', parent: 'a' },
    ]);
    expect(story.card('b').cluster).toBe('east');
    expect(story.tree()).toBe('a(b)');
  });

  it('calls the cluster default when none or several named ones report the node', () => {
    const story = tell([
      { id: 'a', cluster: 'east' },
      { id: 'b', cluster: 'west' },
      { id: 'c', cluster: '' },
    ]);
    expect(story.card('c').cluster).toBe('default');
    expect(tell([{ id: 'c', cluster: '' }]).card('c').cluster).toBe('default');
  });

  it('reads a cluster from a node name cluster/node', () => {
    const story = tell([{ id: 'a', cluster: '', node: 'east/n7' }]);
    expect(story.card('a')).toMatchObject({ cluster: 'east', node: 'n7' });
  });

  it('merges what one process says with and without the cluster’s name', () => {
    const story = tell([
      { id: 'a', at: 1, cluster: 'east', args: 'x' },
      { id: 'a', at: 1, cluster: '', uid: 5 },
    ]);
    expect(story.card('a')).toMatchObject({ cluster: 'east', arguments: 'x', uid: 5 });
  });
});

describe('pods', () => {
  const pod = 'shop/web';
  it('gives facts without a uid to the uid whose container they are in', () => {
    const story = tell([
      { id: 'a', pod: `${pod}/u1`, container: 'web', at: 10 },
      { id: 'b', pod, container: 'web', at: 5000 },
    ]);
    expect(story.derived.pods.map(({ fact }) => fact.uid)).toEqual(['u1']);
    expect(story.card('b').pod).toBe(story.card('a').pod);
  });

  it('gives them to the uid whose lifetime holds their start', () => {
    const story = tell([
      { id: 'a', pod: `${pod}/u1`, container: 'web#1', at: 10, seen: [10, 100] },
      { id: 'b', pod: `${pod}/u2`, container: 'web#2', at: 200, seen: [200, 300] },
      { id: 'c', pod, container: 'web#3', at: 250 },
      { id: 'd', pod, at: 50 },
    ]);
    expect(story.derived.pods[story.card('c').pod ?? -1]?.fact.uid).toBe('u2');
    expect(story.derived.pods[story.card('d').pod ?? -1]?.fact.uid).toBe('u1');
  });

  it('puts what fits none into one pod without uid', () => {
    const story = tell([
      { id: 'a', pod: `${pod}/u1`, container: 'web#1', at: 10, seen: [10, 100] },
      { id: 'c', pod, container: 'web#3', at: 5000 },
      { id: 'd', pod, at: 6000 },
    ]);
    expect(story.card('c').pod).toBe(story.card('d').pod);
    expect(story.derived.pods.map(({ fact }) => fact.uid)).toEqual(['', 'u1']);
  });

  it('lets the labels of records without uid count for the one pod they belong to', () => {
    const story = tell([
      { id: 'a', pod: `${pod}/u1`, container: 'web', at: 10, labels: ['app=web'] },
      { id: 'b', pod, container: 'web', at: 11, labels: ['tier=front'] },
    ]);
    expect(story.derived.pods[0]?.fact.labels).toEqual(['app=web', 'tier=front']);
  });
});

describe('container ids', () => {
  const id = 'd4f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f';
  const full = { id: 'a', pod: 'shop/web', container: id, at: 1 };
  it.each([12, 15, 24, 31, 64])('joins the first %d digits to the container', (length) => {
    const story = tell([full, { id: 'b', docker: id.slice(0, length), at: 2 }]);
    expect(story.card('b').container).toBe(story.card('a').container);
    expect(story.card('b').pod).toBe(story.card('a').pod);
    expect(story.flags('b')).toEqual(
      expect.arrayContaining(['container_inferred', 'pod_inferred']),
    );
  });

  it('joins no shorter prefix, none of another node, and none that fits two (D28)', () => {
    const other = `${id.slice(0, 31)}0123456789`;
    const short = tell([full, { id: 'b', docker: id.slice(0, 11), at: 2 }]);
    expect(short.card('b').container).not.toBe(short.card('a').container);
    const away = tell([full, { id: 'b', docker: id.slice(0, 31), at: 2, node: 'n2' }]);
    expect(away.card('b').container).not.toBe(away.card('a').container);
    const both = tell([
      full,
      { ...full, id: 'c', container: other },
      { id: 'b', docker: id.slice(0, 31), at: 2 },
    ]);
    expect(both.card('b').container).not.toBe(both.card('a').container);
    expect(both.card('b').container).not.toBe(both.card('c').container);
  });

  it('never calls a process with a truncated id a host process, whatever it joins (D5)', () => {
    const story = tell([{ id: 'b', docker: id.slice(0, 15), at: 2 }]);
    expect(story.card('b').role).not.toBe('host');
    expect(story.derived.containers[story.card('b').container ?? -1]).toMatchObject({ pod: -1 });
  });

  it('takes truncations of different lengths for one container when they fit', () => {
    const story = tell([
      { id: 'a', docker: id.slice(0, 15), at: 1 },
      { id: 'b', docker: id.slice(0, 31), at: 2 },
    ]);
    expect(story.derived.containers).toHaveLength(1);
  });
});

describe('hostile ids', () => {
  it('treats names of object properties as any other id', () => {
    const story = tell([
      { id: '__proto__', at: 1, pod: 'constructor/toString', container: 'hasOwnProperty' },
      { id: 'constructor', parent: '__proto__', at: 2 },
    ]);
    expect(story.tree()).toBe('__proto__(constructor)');
  });

  it('ignores facts without an id', () => {
    expect(storyOf(factsOf([{ id: '', at: 1 }])).derived.processes).toEqual([]);
  });
});
