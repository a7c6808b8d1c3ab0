import { describe, expect, it } from 'vitest';
import type { Facts } from '../../event/facts.ts';
import { type AgentRecord, agentFacts, recordKey } from '../testing/agentTold.ts';
import { factsOf, keyOf, type Story, storyOf, type Telling } from '../testing/told.ts';

function storyOfBoth(tellings: readonly Telling[], records: readonly AgentRecord[]): Story {
  return storyOf(bothFacts(tellings, records));
}

function bothFacts(tellings: readonly Telling[], records: readonly AgentRecord[]): Facts {
  const own = factsOf(tellings);
  const others = agentFacts(records);
  return {
    ...own,
    processes: [...own.processes, ...others.processes],
    pods: [...own.pods, ...others.pods],
    containers: [...own.containers, ...others.containers],
  };
}

/** Every card with its images and its parent, in order. */
function lines({ derived: { processes } }: Story): string[] {
  return processes.map(({ images, parent, pid, kind, linkMethod }) => {
    const up = processes[parent];
    const names = images.map(({ binary }) => binary).join(' > ');
    const link = up === undefined ? 'root' : `below ${up.binary} by ${linkMethod}`;
    return `${pid ?? '-'} ${names} (${kind}) ${link}`;
  });
}

const shim: AgentRecord = { does: 'exec', at: 10, pid: 100, binary: '/usr/bin/containerd-shim' };
const sh: AgentRecord = {
  does: 'exec',
  at: 20,
  pid: 200,
  binary: '/bin/sh',
  ppid: 100,
  parentBinary: shim.binary,
};
const curl: AgentRecord = {
  does: 'exec',
  at: 30,
  pid: 300,
  binary: '/usr/bin/curl',
  ppid: 200,
  parentBinary: '/bin/sh',
};

describe('settle, of an agent without ids', () => {
  it('links an exec to whoever had the pid of its parent then', () => {
    expect(lines(storyOfBoth([], [curl, sh, shim]))).toEqual([
      '100 /usr/bin/containerd-shim (exec) root',
      '200 /bin/sh (exec) below /usr/bin/containerd-shim by pid_as_of',
      '300 /usr/bin/curl (exec) below /bin/sh by pid_as_of',
    ]);
  });

  it('takes the file behind a link for what was called by it', () => {
    const child: AgentRecord = { ...curl, at: 20.2, parentBinary: '/usr/bin/dash' };
    expect(lines(storyOfBoth([], [child, sh, shim]))).toContain(
      '300 /usr/bin/curl (exec) below /bin/sh by pid_as_of',
    );
  });

  it('gives a pid that was used again to two processes, and children to the one of their time', () => {
    const again: AgentRecord = { ...sh, at: 5000, ppid: 700, parentBinary: '/sbin/cron' };
    const child: AgentRecord = { ...curl, pid: 301, at: 5001, binary: '/bin/ls' };
    expect(lines(storyOfBoth([], [child, again, curl, sh]))).toEqual([
      '100 /usr/bin/containerd-shim (inferred) root',
      '200 /bin/sh (exec) below /usr/bin/containerd-shim by pid_as_of',
      '300 /usr/bin/curl (exec) below /bin/sh by pid_as_of',
      '700 /sbin/cron (inferred) root',
      '200 /bin/sh (exec) below /sbin/cron by pid_as_of',
      '301 /bin/ls (exec) below /bin/sh by pid_as_of',
    ]);
  });

  it('joins an exec in place to the image before it, and the fork before the exec', () => {
    const fork: AgentRecord = { ...curl, does: 'acts', at: 29.5, binary: '/bin/sh' };
    const next: AgentRecord = { ...curl, at: 31, binary: '/usr/bin/env' };
    expect(lines(storyOfBoth([], [sh, next, fork, curl]))).toContain(
      '300 /bin/sh > /usr/bin/curl > /usr/bin/env (exec) below /bin/sh by pid_as_of',
    );
  });

  it('takes a parent that is named by its mark alone for the life of that mark', () => {
    const nginx: AgentRecord = { does: 'acts', at: 20, pid: 200, mark: 'm1', binary: '/bin/nginx' };
    const child: AgentRecord = { ...curl, at: 90, ppid: 200, parentMark: 'm1', parentBinary: '' };
    const expected = [
      '200 /bin/nginx (fork) root',
      '300 /usr/bin/curl (exec) below /bin/nginx by exec_id',
    ];
    expect(lines(storyOfBoth([], [nginx, child]))).toEqual(expected);
    expect(lines(storyOfBoth([], [child, nginx]))).toEqual(expected);
  });

  it('takes an ancestor that is named by its pid for the one life of it that is marked elsewhere', () => {
    const falco = { dialect: 'falco', ppid: 100, parentBinary: shim.binary } as const;
    const main: AgentRecord = { ...sh, ...falco, mark: 'm1', parentMark: 'm0' };
    const runc: AgentRecord = {
      ...curl,
      ...falco,
      ppid: 250,
      parentBinary: '/usr/sbin/runc',
      mark: 'm3',
      parentMark: 'm2',
      above: { pid: 100, binary: shim.binary },
    };
    expect(lines(storyOfBoth([], [runc, main]))).toEqual([
      `100 ${shim.binary} (inferred) root`,
      `200 /bin/sh (exec) below ${shim.binary} by exec_id`,
      `250 /usr/sbin/runc (inferred) below ${shim.binary} by pid_as_of`,
      '300 /usr/bin/curl (exec) below /usr/sbin/runc by exec_id',
    ]);
  });

  it('knows a forked worker by its binary, where the agent tells no arguments', () => {
    const master: AgentRecord = { ...sh, binary: '/usr/bin/gunicorn', args: '-w 3' };
    const worker: AgentRecord = {
      does: 'acts',
      at: 25,
      pid: 201,
      binary: master.binary,
      ppid: 200,
      parentBinary: master.binary,
    };
    expect(lines(storyOfBoth([], [worker, master, shim]))).toContain(
      `201 ${master.binary} (fork) below ${master.binary} by pid_as_of`,
    );
  });

  it('makes one process of all that an unseen exec did, and none of a parent that is known', () => {
    const acts: AgentRecord = {
      does: 'acts',
      at: 40,
      pid: 400,
      binary: '/app',
      ppid: 200,
      parentBinary: 'sh',
    };
    expect(lines(storyOfBoth([], [sh, acts, { ...acts, at: 90 }, { ...acts, at: 200 }]))).toEqual([
      '100 /usr/bin/containerd-shim (inferred) root',
      '200 /bin/sh (exec) below /usr/bin/containerd-shim by pid_as_of',
      '400 /app (exec) below /bin/sh by pid_as_of',
    ]);
  });

  it('draws ancestors that only names tell, until their own records come', () => {
    const alone: AgentRecord = {
      does: 'exec',
      at: 30,
      pid: 300,
      binary: '/usr/bin/curl',
      names: ['sh', 'containerd-shim'],
    };
    expect(lines(storyOfBoth([], [alone]))).toEqual([
      '- containerd-shim (inferred) root',
      '- sh (inferred) below containerd-shim by name_chain',
      '300 /usr/bin/curl (exec) below sh by name_chain',
    ]);
    const known: AgentRecord = { ...curl, names: ['containerd-shim'] };
    expect(lines(storyOfBoth([], [known, sh, shim]))).toHaveLength(3);
  });

  it("takes an ancestor that is only named, below a container's process, to be in the container", () => {
    const inside = { container: 'aaaaaaaaaaaa', pod: 'shop/web' };
    const top: AgentRecord = { ...sh, ...inside };
    const above = { pid: 200, binary: '/bin/sh' };
    const acts: AgentRecord = { ...curl, ...inside, ppid: 250, parentBinary: '/bin/env', above };
    const { processes } = storyOfBoth([], [top, acts]).derived;
    const named = processes.find(({ binary }) => binary === '/bin/env');
    expect(named).toMatchObject({ kind: 'inferred', role: '', suspect: '' });
    expect(named?.flags.map(({ code }) => code)).not.toContain('left_container');
    const [curled] = processes.filter(({ binary }) => binary === curl.binary);
    expect(curled?.role).toBe('');
  });

  it('keeps a prevented exec apart from the process that tried it', () => {
    const apt: AgentRecord = { ...curl, binary: '/usr/bin/apt', blocked: true };
    const goesOn: AgentRecord = { ...curl, does: 'acts', at: 31, binary: '/bin/sh' };
    const story = storyOfBoth([], [sh, apt, goesOn]);
    expect(lines(story)).toContain('300 /usr/bin/apt (exec) below /bin/sh by pid_as_of');
    expect(lines(story)).toContain('300 /bin/sh (fork) below /bin/sh by pid_as_of');
  });

  it("tells lives of one pid by the agent's mark, however close they are", () => {
    const first: AgentRecord = { ...curl, dialect: 'falco', mark: '1' };
    const second: AgentRecord = { ...first, mark: '2', at: 30.5, binary: '/bin/ls' };
    expect(lines(storyOfBoth([], [second, first]))).toHaveLength(3);
    const same: AgentRecord = { ...second, mark: '1' };
    expect(lines(storyOfBoth([], [same, first]))).toHaveLength(2);
  });

  it('makes one image of an exec that two rules tell with other words', () => {
    const twice = { ...curl, binary: 'curl' };
    expect(lines(storyOfBoth([], [sh, twice, curl])).at(-1)).toContain('300 /usr/bin/curl (exec)');
    expect(lines(storyOfBoth([], [sh, twice, curl]))).toHaveLength(3);
  });

  it('drops the enter half of an execve, and keeps two new images', () => {
    const falco = { dialect: 'falco', mark: '7' } as const;
    const enter: AgentRecord = { ...curl, ...falco, at: 30, binary: '/bin/sh' };
    const exit: AgentRecord = { ...curl, ...falco, at: 30.02 };
    expect(lines(storyOfBoth([], [exit, enter]))).toContain(
      '300 /bin/sh > /usr/bin/curl (exec) below /bin/sh by pid_as_of',
    );
    const other: AgentRecord = { ...exit, at: 30.04, binary: '/usr/bin/env' };
    const last = lines(storyOfBoth([], [exit, enter, other])).at(-1);
    expect(last).toContain('/usr/bin/curl > /usr/bin/env (exec)');
  });
});

describe('settle, of several agents', () => {
  const told: readonly Telling[] = [
    { id: 'SHIM', at: 10, pid: 100, binary: '/usr/bin/containerd-shim' },
    { id: 'SH', parent: 'SHIM', at: 20, pid: 200, binary: '/bin/sh' },
    { id: 'CURL', parent: 'SH', at: 30, pid: 300, binary: '/usr/bin/curl' },
  ];

  it("adds another agent's records to the processes that they are, and no process", () => {
    const acts: AgentRecord = { ...curl, does: 'acts', at: 45 };
    const fork: AgentRecord = { ...curl, does: 'acts', at: 29.9, binary: '/bin/sh' };
    const records = [{ ...sh, at: 20.2 }, { ...curl, at: 29.7, binary: 'curl' }, acts, fork];
    const alone = storyOf(factsOf(told));
    const both = storyOfBoth(told, records);
    expect(both.derived.processes.map(({ ref }) => ref)).toEqual(
      alone.derived.processes.map(({ ref }) => ref),
    );
    const card = both.card('CURL');
    expect(card.ids.map(({ dialect }) => dialect)).toEqual(['kubearmor']);
    for (const record of records.slice(1)) {
      expect(both.derived.byKey.get(recordKey(record))).toEqual(
        both.derived.byKey.get(keyOf('CURL')),
      );
    }
  });

  it('pairs one to one, the nearest first, and leaves what is too far apart', () => {
    const twice: readonly Telling[] = [
      ...told,
      { id: 'CURL2', parent: 'SH', at: 30.6, pid: 300, binary: '/usr/bin/curl' },
    ];
    const near = { ...curl, at: 30.5 };
    const far = { ...curl, at: 32, pid: 300 };
    const story = storyOfBoth(twice, [near, far]);
    expect(story.card('CURL').ids).toEqual([]);
    expect(story.card('CURL2').ids).toHaveLength(1);
    expect(story.derived.processes).toHaveLength(5);
  });

  it('pairs the file behind a link with the link that was called, by their arguments', () => {
    const dash: AgentRecord = { ...sh, at: 20.1, binary: '/usr/bin/dash', args: '-c ls' };
    const links = told.map((telling) =>
      telling.id === 'SH' ? { ...telling, args: '-c ls' } : telling,
    );
    expect(storyOfBoth(links, [dash]).card('SH').ids).toHaveLength(1);
    expect(storyOfBoth(told, [{ ...dash, args: '-c id' }]).card('SH').ids).toEqual([]);
  });

  it('hangs a process that only one agent saw on the process of the other', () => {
    const only: AgentRecord = {
      does: 'exec',
      at: 40,
      pid: 500,
      binary: '/bin/id',
      ppid: 200,
      parentBinary: 'sh',
    };
    expect(lines(storyOfBoth(told, [only]))).toContain(
      '500 /bin/id (exec) below /bin/sh by pid_as_of',
    );
  });
});
