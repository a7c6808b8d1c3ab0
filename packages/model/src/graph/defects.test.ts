import { describe, expect, it } from 'vitest';
import { Trait } from '../event/traits.ts';
import type { FlagCode } from './derived.ts';
import { type Extras, second, type Telling, tell } from './testing/told.ts';

const web = { pod: 'shop/web/u1', container: 'web', containerStart: 100 };
const shim: Telling = { id: 'shim', pid: 50, at: 90, binary: '/shim' };
const main: Telling = {
  id: 'main',
  pid: 60,
  nsPid: 1,
  parent: 'shim',
  at: 100,
  binary: '/app',
  ...web,
};

interface Defect {
  readonly title: string;
  readonly told: readonly Telling[];
  readonly extras?: Extras;
  readonly tree: string;
  /** Flags of the cards that have any; by the id of the card's last image. */
  readonly flags?: Readonly<Record<string, readonly FlagCode[]>>;
}

/** One fixture and its expected tree per defect of docs/reference/defects.md that the process half must survive. */
const defects: readonly Defect[] = [
  {
    title: 'D1: a parent that was never exported becomes a ghost with what its id says',
    told: [{ id: 'shim', rank: 1, pid: 50, at: 90, start: false }, main],
    tree: 'shim(main)',
    flags: { shim: ['start_derived'] },
  },
  {
    title: 'D1: a parent known from a snapshot alone keeps the snapshot',
    told: [{ ...shim, rank: 2 }, main],
    tree: 'shim(main)',
  },
  {
    title: 'D2: a child before its parent changes nothing',
    told: [main, { ...main, id: 'w', parent: 'main', pid: 61, at: 101 }, shim],
    tree: 'shim(main(w))',
  },
  {
    title: 'D3, D4: a pod that comes late fills in what was empty; absent never overwrites',
    told: [
      shim,
      { id: 'main', pid: 60, parent: 'shim', at: 100, binary: '/app' },
      { ...main, rank: 3 },
    ],
    tree: 'shim(main)',
  },
  {
    title: 'D4: a fork whose pod never came is placed by its truncated container id, as inferred',
    told: [
      shim,
      { ...main, container: 'aaaaaaaaaaaaaaaa' },
      {
        id: 'fork',
        rank: 3,
        pid: 61,
        parent: 'main',
        at: 101,
        docker: 'aaaaaaaaaaaaaaa',
        binary: '/app',
      },
    ],
    tree: 'shim(main(fork))',
    flags: { fork: ['container_inferred', 'pod_inferred'] },
  },
  {
    title: 'D5: a container without metadata is unknown, never the host',
    told: [
      shim,
      { id: 'exec', pid: 60, parent: 'shim', at: 100, binary: '/sh', docker: 'aaaaaaaaaaaaaaa' },
    ],
    tree: 'shim(exec)',
    flags: { exec: ['main_unknown'] },
  },
  {
    title: 'D6: a fork’s id and the exec’s id of one pid stay two',
    told: [
      shim,
      main,
      { id: 'clone', rank: 3, pid: 61, parent: 'main', at: 101, binary: '/app', ...web },
      { id: 'exec', pid: 61, parent: 'main', at: 101.00133, binary: '/bin/id', ...web },
    ],
    tree: 'shim(main(clone exec))',
  },
  {
    title: 'D6: … and are one card when the exec names the fork as its parent',
    told: [
      shim,
      main,
      { id: 'clone', rank: 3, pid: 61, parent: 'main', at: 101, binary: '/app', ...web },
      { id: 'exec', pid: 61, parent: 'clone', at: 101.00133, binary: '/bin/id', ...web },
    ],
    tree: 'shim(main(clone>exec))',
  },
  {
    title: 'D7: an exec without clone is the next image of the same card',
    told: [shim, main, { ...main, id: 'node', parent: 'main', at: 100.001, binary: '/node' }],
    tree: 'shim(main>node)',
  },
  {
    title: 'D8: an exit without an exec makes a fork',
    told: [
      shim,
      main,
      {
        id: 'f',
        rank: 3,
        traits: Trait.exitSeen,
        pid: 61,
        parent: 'main',
        at: 101,
        binary: '/app',
        ...web,
      },
    ],
    extras: { exits: [['f', 102, 0]] },
    tree: 'shim(main(f))',
  },
  {
    title: 'D9: an exec without an exit has an unknown end',
    told: [shim, main],
    tree: 'shim(main)',
  },
  {
    title: 'D10: events after an exit reopen the process',
    told: [shim, { ...main, seen: [100, 500] }],
    extras: { exits: [['main', 110, 0]] },
    tree: 'shim(main)',
    flags: { main: ['activity_after_exit'] },
  },
  {
    title: 'D12: a process that is its own parent loses the edge',
    told: [
      { id: 'kernel', rank: 2, pid: 0, at: 0.000001, parent: 'kernel', traits: Trait.kernel },
      { ...shim, parent: 'kernel' },
    ],
    tree: 'kernel(shim)',
    flags: { kernel: ['self_parent'] },
  },
  {
    title: 'D13: a circle is cut at its smallest key',
    told: [
      { id: 'b', parent: 'c', at: 1, pid: 2 },
      { id: 'c', parent: 'a', at: 1, pid: 3 },
      { id: 'a', parent: 'b', at: 1, pid: 1 },
    ],
    tree: 'a(c(b))',
    flags: { a: ['cycle_cut'] },
  },
  {
    title: 'D14: a host process below a container process is suspect and listed',
    told: [shim, main, { id: 'host', pid: 61, parent: 'main', at: 101, binary: '/usr/bin/host' }],
    tree: 'shim(main(host))',
    flags: { host: ['left_container', 'suspect_parent'] },
  },
  {
    title: 'D15: a parent found by walking up may have skipped one',
    told: [{ ...shim, traits: Trait.execSeen | Trait.parentUncertain }],
    tree: 'shim',
    flags: { shim: ['ancestor_may_be_skipped'] },
  },
  {
    title:
      'D18: start times of one process that jump by more than a second tell of a stepped clock',
    told: [shim, { ...main, rank: 3, start: 102 }, main],
    tree: 'shim(main)',
    flags: { main: ['clock_stepped'] },
  },
  {
    title: 'D18: … as does a start that ran ahead of the boot’s clock since the parent',
    told: [shim, main, { ...main, id: 'w', parent: 'main', pid: 61, at: 110, start: 117 }],
    tree: 'shim(main(w))',
    flags: { w: ['clock_stepped'] },
  },
  {
    title: 'D18: jitter below that is nothing',
    told: [shim, { ...main, rank: 3, start: 100.0001 }, main],
    tree: 'shim(main)',
  },
  {
    title: 'D19: a start just before its container’s first is not a negative delay',
    told: [shim, main, { ...main, id: 'w', parent: 'main', pid: 61, at: 100, start: 99.99999 }],
    tree: 'shim(main(w))',
  },
  {
    title: 'D20: one id in two boots is two processes',
    told: [
      { id: 'init', pid: 1, at: 1 },
      { id: 'x', pid: 2, parent: 'init', at: 2 },
      { id: 'init', pid: 1, at: 1, bootedAt: 9000 },
      { id: 'y', pid: 2, parent: 'init', at: 2, bootedAt: 9000 },
    ],
    tree: 'init(x) init(y)',
  },
  {
    title:
      'D21: a process listed again after the agent’s restart is linked, and neither id is deleted',
    told: [
      shim,
      { ...shim, id: 'shim-procfs', at: 89.99, traits: Trait.procfs },
      { ...shim, id: 'other', at: 89.99, pid: 51, traits: Trait.procfs },
    ],
    tree: 'other shim-procfs shim',
    flags: { shim: ['reobserved'], 'shim-procfs': ['reobserved'] },
  },
  {
    title: 'D21: more than 20 ms apart, or of another binary, is another process',
    told: [
      shim,
      { ...shim, id: 'a', at: 89.97, traits: Trait.procfs },
      { ...shim, id: 'b', at: 90, binary: '/other', traits: Trait.procfs },
    ],
    tree: 'a b shim',
  },
  {
    title: 'D22, D23: what was found in /proc, and kernel threads, hang where they are',
    told: [
      {
        id: 'kthreadd',
        rank: 2,
        pid: 2,
        at: 0.01,
        binary: '[kthreadd]',
        traits: Trait.kernel | Trait.procfs,
      },
      { id: 'modprobe', pid: 9, parent: 'kthreadd', at: 50, binary: '/sbin/modprobe' },
    ],
    tree: 'kthreadd(modprobe)',
  },
  {
    title: 'D25: two clusters with one node name share nothing',
    told: [
      { ...shim, cluster: 'east' },
      { ...shim, cluster: 'west' },
      { ...main, cluster: 'west' },
    ],
    tree: 'shim shim(main)',
  },
  {
    title: 'D26: an id without a node follows the node that another record of it names',
    told: [{ ...shim, node: '' }, { ...shim, rank: 2 }, main],
    tree: 'shim(main)',
  },
  {
    title: 'D27: an id that is no exec_id is an opaque key, and still a node',
    told: [
      { id: '%%%', pid: 5 },
      { id: 'child', parent: '%%%', at: 3 },
    ],
    tree: '%%%(child)',
  },
  {
    title: 'D29: cut and hidden arguments are told',
    told: [{ ...shim, traits: Trait.execSeen | Trait.truncatedByAgent | Trait.redacted }],
    tree: 'shim',
    flags: { shim: ['truncated_by_agent', 'redacted_by_agent'] },
  },
  {
    title: 'D30: arguments stay one string',
    told: [{ ...shim, args: '-c "a b" "c' }],
    tree: 'shim',
  },
  {
    title: 'D31: bytes lost to U+FFFD are told',
    told: [{ ...shim, args: 'caf\ufffd' }],
    tree: 'shim',
    flags: { shim: ['lost_bytes'] },
  },
  {
    title: 'D32: what does not show is told',
    told: [{ ...shim, args: 'a\u202eb\u0000c\u200bd' }],
    tree: 'shim',
    flags: { shim: ['hidden_characters'] },
  },
  {
    title: 'D37: a record that names nothing but an id still makes a process',
    told: [{ id: 'bare', rank: 3 }],
    tree: 'bare',
  },
  {
    title: 'D39: ancestors that break off in the middle are used as far as they go',
    told: [
      { id: 'main', pid: 60, at: 100, parent: 'p1' },
      { id: 'p1', rank: 2, at: 99, pid: 59, parent: 'p2' },
      { id: 'p2', rank: 2, at: 98, pid: 58 },
    ],
    tree: 'p2(p1(main))',
  },
  {
    title: 'D39: an own exec that contradicts a list of ancestors wins',
    told: [
      { id: 'a', pid: 1, at: 1 },
      { id: 'b', pid: 2, at: 2 },
      { id: 'c', rank: 2, pid: 3, at: 3, parent: 'b' },
      { id: 'c', rank: 4, pid: 3, at: 3, parent: 'a' },
    ],
    tree: 'a(c) b',
  },
  {
    title: 'D40: a wrong in_init_tree makes no main an injected process',
    told: [shim, { ...main, traits: Trait.execSeen | Trait.notInInitTree }],
    tree: 'shim(main)',
  },
  {
    title: 'D41: an exit without a status has no code',
    told: [shim],
    extras: { exits: [['shim', 95]] },
    tree: 'shim',
  },
];

describe('defects of real logs', () => {
  it.each(defects.map((defect) => [defect.title, defect] as const))('%s', (_title, defect) => {
    for (const told of [
      defect.told,
      [...defect.told].reverse(),
      [...defect.told, ...defect.told],
    ]) {
      const story = tell(told, defect.extras);
      expect(story.tree()).toBe(defect.tree);
      const flags: Record<string, FlagCode[]> = {};
      for (const process of story.derived.processes) {
        if (process.flags.length > 0) flags[process.execId] = process.flags.map(({ code }) => code);
      }
      expect(flags).toEqual(defect.flags ?? {});
    }
  });

  it('D1: the ghost’s pid and start come from its id', () => {
    const story = tell([{ id: 'shim', rank: 1, pid: 50, at: 90, start: false }, main]);
    expect(story.card('shim')).toMatchObject({
      kind: 'ghost',
      pid: 50,
      startTime: second(90),
      startDerived: true,
    });
  });

  it('D2: a ghost keeps its ref when its own event arrives', () => {
    const before = tell([main]).card('shim');
    const after = tell([main, shim]).card('shim');
    expect(before.kind).toBe('ghost');
    expect(after).toMatchObject({ kind: 'exec', ref: before.ref });
  });

  it('D8: a fork known by its exit is never counted as an exec', () => {
    const exit: Telling = {
      id: 'f',
      rank: 3,
      traits: Trait.exitSeen,
      pid: 61,
      parent: 'main',
      at: 101,
      binary: '/app',
      ...web,
    };
    expect(tell([shim, main, exit]).card('f')).toMatchObject({ kind: 'fork', counts: { exec: 0 } });
  });

  it('D21: each listing names the other', () => {
    const story = tell([shim, { ...shim, id: 'again', at: 89.99, traits: Trait.procfs }]);
    expect(story.card('shim').flags[0]?.inputs).toEqual({ other: story.card('again').ref });
    expect(story.card('again').flags[0]?.inputs).toEqual({ other: story.card('shim').ref });
  });

  it('D24: absent, 0 and 4294967295 are three things', () => {
    const story = tell([{ id: 'a', uid: 0 }, { id: 'b', uid: 4294967295 }, { id: 'c' }]);
    expect(['a', 'b', 'c'].map((id) => story.card(id).uid)).toEqual([0, 4294967295, undefined]);
  });
});
