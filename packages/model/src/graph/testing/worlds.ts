import fc from 'fast-check';
import type { ProcessEvent } from '../../event/event.ts';
import type { FactBatch } from '../../event/factBatch.ts';
import { FactBatchBuilder } from '../../event/factBatchBuilder.ts';
import type { Rank, Sighting } from '../../event/sighting.ts';
import { Trait } from '../../event/traits.ts';
import { second } from './told.ts';

/** How often a property of whole worlds is tried; a script sets FOREBEAR_RUNS for more. */
export const runs = Number(process.env['FOREBEAR_RUNS'] ?? 10_000);

interface Profile {
  readonly id: string;
  readonly parentId?: string;
  readonly pid?: number;
  readonly nsPid?: number;
  readonly uid?: number;
  readonly binary?: string;
  readonly arguments?: string;
  readonly at?: number;
  readonly traits?: number;
  readonly pod?: string;
  readonly container?: string;
  readonly containerStart?: number;
}

const one = 'containerd://aaaaaaaaaaaa1111';
const two = 'containerd://aaaaaaaaaaaa2222';
const three = 'containerd://bbbbbbbbbbbb3333';
const web = { pod: 'w-1', container: one, containerStart: 20 };
const late = { pod: 'w-1', container: three, containerStart: 150 };
const twin = { pod: 'w-2', container: two, containerStart: 20 };

/** What the processes of the world mostly say of themselves: a host, two pods, an entrypoint, a late shell, … */
const profiles: readonly Profile[] = [
  { id: 'kernel', parentId: 'kernel', pid: 0, traits: Trait.kernel },
  { id: 'shim', parentId: 'kernel', pid: 2, at: 10, binary: '/shim' },
  { id: 'shim again', parentId: 'kernel', pid: 2, at: 10, binary: '/shim', traits: Trait.procfs },
  { id: 'entry', parentId: 'shim', pid: 3, nsPid: 1, at: 20, binary: '/bin/sh', ...web },
  { id: '__proto__', parentId: 'entry', pid: 3, nsPid: 1, at: 21, binary: '/bin/node', ...web },
  { id: 'worker', parentId: '__proto__', pid: 4, at: 100, binary: '/bin/node', uid: 1000, ...web },
  {
    id: 'shell',
    parentId: 'worker',
    pid: 5,
    at: 120,
    binary: '/bin/sh',
    uid: 0,
    arguments: '-c id',
    ...web,
  },
  {
    id: 'escaped',
    parentId: 'shell',
    pid: 6,
    at: 130,
    binary: '/bin/nc',
    traits: Trait.hostNamespaces,
  },
  { id: 'debug', parentId: 'shim', pid: 7, nsPid: 1, at: 150, binary: '/bin/sh', ...late },
  { id: 'twin', parentId: 'shim', pid: 8, nsPid: 1, at: 20, binary: '/bin/node', ...twin },
  { id: 'hidden', parentId: 'hidden too', pid: 9, at: 60, binary: '/bin/nc' },
  { id: 'hidden too', parentId: 'hidden', pid: 9, at: 59, binary: '/bin/nc' },
];

const optional = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined, freq: 4 });

/** Mostly what the profile says; else nothing or another value, so that variants, cycles and reused pids happen. */
const deviation = fc.record(
  {
    parentId: optional(fc.constantFrom(...profiles.map(({ id }) => id), 'nobody')),
    pid: optional(fc.integer({ min: 0, max: 5 })),
    nsPid: optional(fc.integer({ min: 1, max: 2 })),
    uid: optional(fc.constantFrom(0, 1000)),
    binary: optional(fc.constantFrom('/bin/sh', '/bin/nc')),
    arguments: optional(fc.constantFrom('-c id', 'run 1', 'run 2')),
    at: optional(fc.integer({ min: 0, max: 200 })),
    clock: fc.integer({ min: 0, max: 200 }),
    boot: fc.constantFrom(9000, 1),
    traits: fc.constantFrom(Trait.execSeen, Trait.procfs, Trait.probe, Trait.ownNamespaces),
    pod: optional(fc.constantFrom('w-1', 'w-2')),
    podUid: fc.constantFrom('u1', 'u2'),
    container: optional(fc.constantFrom(one, two, three)),
    containerStart: optional(fc.integer({ min: 0, max: 100 })),
    docker: fc.constantFrom('aaaaaaaaaaaa1111', 'aaaaaaaaaaaa', 'bbbbbbbbbbbb3', 'cccccccccccc'),
  },
  { requiredKeys: [] },
);

const anySighting: fc.Arbitrary<Sighting> = fc
  .record({
    profile: fc.constantFrom(...profiles),
    deviation: fc.oneof(
      { weight: 2, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: deviation },
    ),
  })
  .map(({ profile, deviation: own }) => sightingOf({ ...profile, ...own }));

type Said = { readonly [Key in keyof Profile]: Profile[Key] | undefined } & {
  readonly clock?: number;
  readonly boot?: number;
  readonly podUid?: string;
  readonly docker?: string;
};

function sightingOf(said: Said): Sighting {
  const { at, clock, boot = 0, pod, podUid, container, containerStart, ...rest } = said;
  const sighting: Record<string, unknown> = { rank: 1, traits: 0 };
  for (const [key, value] of Object.entries(rest)) if (value !== undefined) sighting[key] = value;
  if (at !== undefined) sighting['startTime'] = second(boot + at);
  const ktime = clock ?? at;
  if (ktime !== undefined && ktime > 0) sighting['ktime'] = BigInt(ktime) * 1_000_000_000n;
  if (pod !== undefined) {
    const uid = podUid === undefined ? {} : { uid: podUid };
    sighting['pod'] = { namespace: 'ns', name: pod, workload: 'w', ...uid };
  }
  if (container !== undefined) {
    const start = containerStart === undefined ? {} : { startTime: second(containerStart) };
    sighting['container'] = { id: container, name: container.slice(13, 14), ...start };
  }
  // Built field by field from the record above: the keys and types are those of a sighting.
  return sighting as unknown as Sighting;
}

const anyEvent: fc.Arbitrary<ProcessEvent> = fc
  .record({
    process: anySighting,
    parent: optional(anySighting),
    ancestor: optional(anySighting),
    time: optional(fc.integer({ min: 0, max: 300 })),
    node: fc.constantFrom(...Array.from({ length: 12 }, () => 'n1'), 'n2', ''),
    cluster: fc.constantFrom(undefined, undefined, 'east', 'east', 'east', 'east', 'west'),
    kind: fc.constantFrom(
      'exec' as const,
      'connect' as const,
      'exit' as const,
      'dns' as const,
      'file' as const,
    ),
    code: optional(fc.integer({ min: 0, max: 2 })),
    remote: fc.constantFrom('203.0.113.9', '10.0.0.7', '127.0.0.1'),
  })
  .map(({ process, parent, ancestor, time, node, cluster, kind, code, remote }): ProcessEvent => {
    const own = withRank(process, kind === 'exec' ? 4 : 3);
    const base = {
      dialect: 'tetragon' as const,
      label: `process_${kind}`,
      node,
      process: own,
      ancestors: ancestor === undefined ? [] : [withRank(ancestor, 2)],
      ...(parent === undefined ? {} : { parent: withRank(parent, 2) }),
      ...(time === undefined ? {} : { time: second(time) }),
      ...(cluster === undefined ? {} : { cluster }),
    };
    if (kind === 'exit') {
      return { ...base, kind, exit: code === undefined ? {} : { code } };
    }
    if (kind === 'dns') {
      const dns = {
        response: true,
        rcode: 0,
        names: ['x7f3q.example.net'],
        ips: [remote],
        types: ['A'],
        resolverIp: '',
        resolverPort: 0,
      };
      return { ...base, kind, dns };
    }
    if (kind === 'connect') {
      const socket = {
        protocol: 'TCP',
        sourceIp: '10.0.0.5',
        sourcePort: 4000,
        destinationIp: remote,
        destinationPort: 443,
        cookie: '1',
        names: [],
      };
      return { ...base, kind, socket };
    }
    return { ...base, kind };
  });

function withRank(sighting: Sighting, rank: Rank): Sighting {
  return { ...sighting, rank };
}

/** A small world: the events that a handful of processes gave rise to. */
export const anyWorld: fc.Arbitrary<readonly ProcessEvent[]> = fc.array(anyEvent, {
  minLength: 1,
  maxLength: 8,
});

/** The same events again: in another order, some twice, cut into batches at some places. */
export interface Retelling {
  readonly order: readonly number[];
  readonly repeats: readonly number[];
  readonly cuts: readonly number[];
}

export const anyRetelling: fc.Arbitrary<Retelling> = fc.record({
  order: fc.array(fc.nat({ max: 1_000_000 }), { minLength: 24, maxLength: 24 }),
  repeats: fc.array(fc.nat({ max: 11 }), { maxLength: 6 }),
  cuts: fc.array(fc.nat({ max: 24 }), { maxLength: 3 }),
});

/** The events as one batch, in order. */
export function batchOf(events: readonly ProcessEvent[]): FactBatch {
  const builder = new FactBatchBuilder('');
  for (const [line, event] of events.entries()) {
    const record = { bytes: new Uint8Array(), offset: 0, line, member: 0, hash: BigInt(line) };
    builder.addDecoded(record, [event]);
  }
  return builder.finish();
}

/** The events retold: the same set in other batches. */
export function batchesOf(events: readonly ProcessEvent[], retelling: Retelling): FactBatch[] {
  const repeated = retelling.repeats.flatMap((index) => events[index % events.length] ?? []);
  const shuffled = [...events, ...repeated]
    .map((event, index) => ({ event, key: retelling.order[index % 24] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ event }) => event);
  const cuts = [
    ...new Set([0, ...retelling.cuts.map((cut) => cut % shuffled.length), shuffled.length]),
  ];
  cuts.sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => batchOf(shuffled.slice(cuts[index] ?? 0, end)));
}
