import { describe, expect, it } from 'vitest';
import { Trait } from '../../event/traits.ts';
import { type Story, second, type Telling, tell } from '../testing/told.ts';

const shim: Telling = { id: 'shim', pid: 50, at: 90, binary: '/shim' };
const web = { pod: 'shop/web/u1', container: 'web', containerStart: 100 };
const main: Telling = {
  id: 'main',
  pid: 60,
  nsPid: 1,
  parent: 'shim',
  at: 100,
  binary: '/app',
  ...web,
};

function containerOf(story: Story, id: string) {
  const container = story.derived.containers[story.card(id).container ?? -1];
  if (container === undefined) throw new Error(`${id} is in no container`);
  return container;
}

describe('host', () => {
  it('is what has no container’s identity and is not below a process that has one', () => {
    const story = tell([shim, main, { id: 'out', parent: 'main', at: 101, pid: 61 }]);
    expect(story.card('shim').role).toBe('host');
    expect(story.card('out').role).toBe('');
  });

  it('is never late nor new', () => {
    const story = tell([shim, { id: 'cron', parent: 'shim', at: 9000, pid: 3 }]);
    expect(story.card('cron')).toMatchObject({
      lateByMs: undefined,
      isNew: undefined,
      late: false,
      loud: false,
      lateBase: undefined,
    });
  });
});

describe('main', () => {
  it('is the root of the instance that has pid 1 inside', () => {
    const story = tell([shim, main, { id: 'w', parent: 'main', at: 101, pid: 61, ...web }]);
    expect(story.card('main').role).toBe('main');
    expect(story.card('w').role).toBe('');
    expect(story.derived.processes[containerOf(story, 'w').main ?? -1]?.execId).toBe('main');
  });

  it('is the root that started no later than the container’s start + 5 s, when none has pid 1', () => {
    const { nsPid: _, ...rest } = main;
    expect(tell([shim, { ...rest, at: 105 }]).card('main').role).toBe('main');
    expect(tell([shim, { ...rest, at: 105.1 }]).card('main').role).toBe('injected');
  });

  it('is the process by which an agent says that the container was entered', () => {
    const { nsPid: _, ...rest } = main;
    const { containerStart: __, ...unclocked } = { ...rest, traits: Trait.execSeen };
    const bash = { ...unclocked, id: 'bash', pid: 70, at: 300, binary: '/bin/bash' };
    expect(tell([shim, unclocked, bash]).card('main').role).toBe('');
    const entry = { ...unclocked, traits: Trait.execSeen | Trait.containerEntry };
    const story = tell([shim, entry, bash]);
    expect(story.card('main').role).toBe('main');
    expect(story.card('bash')).toMatchObject({ role: 'injected', lateBase: 'main', late: true });
  });

  it('is the earliest by ktime of several', () => {
    const story = tell([shim, main, { ...main, id: 'hook', nsPid: 9, at: 101, pid: 62 }]);
    expect(story.card('main').role).toBe('main');
    expect(story.card('hook').role).toBe('injected');
  });

  it('is no process that only inherited a number inside: its parent stands in the container', () => {
    const story = tell([shim, main, { ...main, id: 'fork', parent: 'main', at: 99, pid: 61 }]);
    expect(story.card('fork').role).toBe('');
  });

  it('is never a marked probe', () => {
    const story = tell([shim, { ...main, traits: Trait.probe | Trait.execSeen }]);
    expect(story.card('main').role).toBe('probe');
    expect(containerOf(story, 'main').main).toBeUndefined();
  });

  it('comes with its image chain', () => {
    const story = tell([
      shim,
      main,
      { ...main, id: 'next', parent: 'main', at: 100.01, binary: '/real' },
    ]);
    expect(story.card('next')).toMatchObject({ role: 'main', binary: '/real' });
  });

  it('is not the second listing of a process after an agent’s restart, which is not injected either', () => {
    const listed = { ...main, id: 'listed', at: 99.99, traits: Trait.procfs };
    const story = tell([shim, listed, main]);
    expect(story.card('main').role).toBe('main');
    expect(story.card('listed').role).toBe('');
    expect(tell([shim, { ...listed, id: 'again', at: 100 }, listed]).card('listed').role).toBe(
      'main',
    );
  });

  it('is unknown in a log that begins mid-life, and nothing is painted main', () => {
    const story = tell([{ id: 'w', parent: 'gone', at: 5000, pid: 61, nsPid: 7, ...web }]);
    expect(containerOf(story, 'w').main).toBeUndefined();
    expect(story.derived.processes.some(({ role }) => role === 'main')).toBe(false);
    expect(story.flags('w')).toContain('main_unknown');
  });

  it('is not sure when its parent is known by its id alone, which may be in the container, unless it is PID 1', () => {
    const gone: Telling = { id: 'gone', rank: 1, pid: 50, at: 99 };
    const { nsPid: _, ...some } = { ...main, parent: 'gone' };
    expect(tell([gone, some]).card('main').role).toBe('main');
    expect(tell([gone, some]).flags('main')).toContain('main_unsure');
    expect(tell([gone, { ...some, nsPid: 1 }]).flags('main')).not.toContain('main_unsure');
    expect(tell([{ ...gone, binary: '/shim' }, some]).flags('main')).not.toContain('main_unsure');
  });

  it('is the application, not pause, where the pod shares its pid namespace', () => {
    const pause = { ...web, container: 'pause', containerStart: 99 };
    const story = tell([
      shim,
      { id: 'pause', pid: 55, nsPid: 1, parent: 'shim', at: 99, ...pause },
      { ...main, nsPid: 7, at: 101 },
    ]);
    expect(story.card('main').role).toBe('main');
    expect(containerOf(story, 'main').fact.name).toBe('web');
  });
});

describe('injected', () => {
  const sh: Telling = {
    id: 'sh',
    pid: 70,
    nsPid: 30,
    parent: 'shim',
    at: 300,
    binary: '/bin/sh',
    ...web,
  };

  it('is a root of the container that is not main and started after it', () => {
    const story = tell([shim, main, sh, { ...sh, id: 'ls', parent: 'sh', at: 301, pid: 71 }]);
    expect(story.card('sh').role).toBe('injected');
    expect(story.card('ls').role).toBe('');
  });

  it('is one more than 5 s after the container when main is unknown', () => {
    expect(tell([shim, sh]).card('sh').role).toBe('injected');
  });

  it('is not decided by in_init_tree (D40)', () => {
    const story = tell([
      shim,
      { ...main, traits: Trait.notInInitTree },
      { ...sh, traits: Trait.inInitTree },
    ]);
    expect(story.card('main').role).toBe('main');
    expect(story.card('sh').role).toBe('injected');
  });

  it('is not said where neither main nor the container’s start is known', () => {
    const { containerStart: _, ...rest } = sh;
    expect(tell([shim, rest]).card('sh').role).toBe('');
  });
});

describe('probes', () => {
  const probe = (i: number, over: Partial<Telling> = {}): Telling => ({
    id: `probe${i}`,
    pid: 200 + i,
    nsPid: 40 + i,
    parent: 'shim',
    at: 110 + 10 * i,
    binary: '/bin/check',
    args: `--attempt ${i}`,
    ...web,
    ...over,
  });
  const roles = (probes: readonly Telling[], log?: readonly [number, number]): string[] => {
    const story = tell([shim, main, ...probes], log === undefined ? {} : { log });
    return probes.map(({ id }) => story.card(id).role);
  };
  const five = [0, 1, 2, 3, 4];

  it('are what the agent marks', () => {
    expect(roles([probe(0, { traits: Trait.probe, at: 5000 })])).toEqual(['probe']);
  });

  it('are inferred from 5 starts of one command at a steady pace', () => {
    expect(roles(five.map((i) => probe(i)))).toEqual(five.map(() => 'probe'));
    expect(roles(five.slice(1).map((i) => probe(i)))).toEqual(five.slice(1).map(() => 'injected'));
  });

  it('need a median gap of at least a second', () => {
    expect(roles(five.map((i) => probe(i, { at: 110 + i * 0.9 })))).not.toContain('probe');
    expect(roles(five.map((i) => probe(i, { at: 110 + i })))).not.toContain('injected');
  });

  it('need 80 % of the gaps within 20 % of the median', () => {
    const once = [0, 10, 20, 30, 40, 62];
    expect(roles(once.map((at, i) => probe(i, { at: 110 + at })))).not.toContain('injected');
    const twice = [0, 10, 20, 30, 43, 60];
    expect(roles(twice.map((at, i) => probe(i, { at: 110 + at })))).not.toContain('probe');
  });

  it('need one container, one image and one template', () => {
    expect(roles(five.map((i) => probe(i, { binary: `/bin/check${i % 2}` })))).not.toContain(
      'probe',
    );
    expect(roles(five.map((i) => probe(i, { args: i % 2 === 0 ? 'a' : 'b' })))).not.toContain(
      'probe',
    );
  });

  it('need the first one before the limit …', () => {
    const late = five.map((i) => probe(i, { at: 1000 + 10 * i }));
    expect(roles(late)).not.toContain('probe');
  });

  it('… or in the node’s first observed minute', () => {
    const late = five.map((i) => probe(i, { at: 1000 + 10 * i }));
    expect(roles(late, [960, 5000])).not.toContain('injected');
  });

  it('are roots: what they start is not a probe', () => {
    const story = tell([
      shim,
      main,
      ...five.map((i) => probe(i)),
      { ...probe(9), parent: 'probe4', at: 150.1 },
    ]);
    expect(story.card('probe9').role).toBe('');
  });
});

describe('kinds of containers', () => {
  it('call the same name again a restart, with its own clock', () => {
    const again = {
      ...main,
      id: 'again',
      pid: 90,
      at: 500,
      container: 'web#2',
      containerStart: 500,
    };
    const worker = { ...again, id: 'w', parent: 'again', at: 510, pid: 91, nsPid: 2 };
    const story = tell([shim, main, again, worker]);
    expect(containerOf(story, 'main').kind).toBe('main');
    expect(containerOf(story, 'again').kind).toBe('restart');
    expect(story.card('again').role).toBe('main');
    expect(story.card('w').lateByMs).toBe(10_000);
  });

  const init: Telling = {
    ...main,
    id: 'init',
    pid: 55,
    at: 100,
    container: 'setup',
    containerStart: 100,
  };
  const app: Telling = {
    ...main,
    id: 'app',
    pid: 65,
    at: 300,
    container: 'app',
    containerStart: 300,
  };

  it('call a container init when it ended well and the next began only then', () => {
    const story = tell([shim, init, app], { exits: [['init', 299.5, 0]] });
    expect(containerOf(story, 'init').kind).toBe('init');
    expect(containerOf(story, 'app').kind).toBe('main');
  });

  it('never take an init container for the base of others: the app is not a late container', () => {
    const story = tell([shim, init, app], { exits: [['init', 299.5, 0]] });
    expect(story.card('app')).toMatchObject({ lateByMs: 0, loud: false });
    expect(story.flags('app')).toEqual([]);
  });

  it('call no container init that failed, that still runs, or that ran beside the next', () => {
    const failed = tell([shim, init, app], { exits: [['init', 299.5, 1]] });
    expect(containerOf(failed, 'init').kind).toBe('main');
    expect(containerOf(tell([shim, init, app]), 'init').kind).toBe('main');
    const beside = tell([shim, init, { ...app, at: 200, containerStart: 200 }], {
      exits: [['init', 299.5, 0]],
    });
    expect(containerOf(beside, 'init').kind).toBe('main');
  });

  it('call a new name later than the limit after the pod’s first main a late container: loud', () => {
    const debug = {
      ...main,
      id: 'debug',
      pid: 95,
      at: 161,
      container: 'debugger',
      containerStart: 161,
    };
    const story = tell([shim, main, debug]);
    expect(containerOf(story, 'debug').kind).toBe('ephemeral');
    expect(story.card('debug')).toMatchObject({ loud: true, role: 'main' });
    expect(story.flags('debug')).toContain('late_container');
    expect(story.card('main').loud).toBe(false);
    const soon = tell([shim, main, { ...debug, at: 159, containerStart: 159 }]);
    expect(containerOf(soon, 'debug').kind).toBe('main');
  });

  it('know the base of every instance', () => {
    const story = tell([shim, main]);
    expect(containerOf(story, 'main').base).toEqual({ time: second(100), from: 'main' });
  });
});
