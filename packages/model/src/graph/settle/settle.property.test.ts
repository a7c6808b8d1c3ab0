import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../event/facts.ts';
import { type AgentRecord, agentFacts, recordKey } from '../testing/agentTold.ts';
import { factsOf, storyOf, type Telling } from '../testing/told.ts';

const binaries = ['/bin/sh', '/usr/bin/curl', '/usr/bin/containerd-shim', 'sh', 'curl', '/app'];
const binary = fc.constantFrom(...binaries);
/** Few pids and few moments, so that records meet. */
const pid = fc.integer({ min: 1, max: 5 });
const moment = fc.integer({ min: 0, max: 40 }).map((step) => 10 + step * 0.4);

const record: fc.Arbitrary<AgentRecord> = fc
  .record({
    dialect: fc.constantFrom('falco', 'kubearmor', 'sysdig', 'tracee'),
    does: fc.constantFrom('exec', 'acts'),
    at: fc.option(moment, { nil: undefined }),
    pid,
    binary,
    mark: fc.constantFrom('', '', 'a', 'b'),
    ppid: fc.option(pid, { nil: undefined }),
    parentBinary: binary,
    names: fc.constantFrom([], ['sh'], ['sh', 'containerd-shim']),
    container: fc.constantFrom(undefined, 'aaaaaaaaaaaa', 'bbbbbbbbbbbb'),
    blocked: fc.boolean(),
  })
  .map(defined);

/** What is undefined is not there. */
function defined<Told extends object>(told: Told): Told & AgentRecord {
  const entries = Object.entries(told).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Told & AgentRecord;
}

const telling: fc.Arbitrary<Telling> = fc
  .tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }), moment, pid, binary)
  .map(([id, parent, at, ownPid, runs]) => ({
    id: `T${id}`,
    parent: `T${parent}`,
    at,
    pid: ownPid,
    binary: runs,
  }));

const tellings = fc.uniqueArray(telling, { selector: ({ id }) => id, maxLength: 6 });
const records = fc.array(record, { maxLength: 12 });

function factsOfBoth(told: readonly Telling[], recorded: readonly AgentRecord[]): Facts {
  const own = factsOf(told);
  const others = agentFacts(recorded);
  return {
    ...own,
    processes: [...own.processes, ...others.processes],
    containers: [...own.containers, ...others.containers],
  };
}

/** All that derivation says, as text: bigints have no JSON. */
function said(facts: Facts): string {
  const { processes, containers } = storyOf(facts).derived;
  return JSON.stringify({ processes, containers }, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

describe('settle', () => {
  it('says the same in every order, and of facts that are there twice', () => {
    fc.assert(
      fc.property(tellings, records, fc.integer(), (told, recorded, seed) => {
        const facts = factsOfBoth(told, recorded);
        const once = said(facts);
        const rotated = (seed % facts.processes.length) + facts.processes.length || 0;
        const processes = [
          ...facts.processes.slice(rotated % Math.max(1, facts.processes.length)),
          ...facts.processes,
        ].reverse();
        expect(said({ ...facts, processes, containers: facts.containers.toReversed() })).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  it('moves no process of an agent with ids: name, images and parent are as without the others', () => {
    fc.assert(
      fc.property(tellings, records, (told, recorded) => {
        const alone = storyOf(factsOf(told)).derived.processes;
        const both = storyOf(factsOfBoth(told, recorded)).derived.processes;
        for (const process of alone) {
          const same = both.find(({ ref }) => ref === process.ref);
          expect(same?.images.map(({ execId }) => execId)).toEqual(
            process.images.map(({ execId }) => execId),
          );
          expect(both[same?.parent ?? -1]?.ref).toBe(alone[process.parent]?.ref);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('gives every id that a record uses one process, and a process at most one exec of each agent per image', () => {
    fc.assert(
      fc.property(tellings, records, (told, recorded) => {
        const { processes, byKey } = storyOf(factsOfBoth(told, recorded)).derived;
        for (const one of recorded) expect(byKey.get(recordKey(one))).toHaveLength(1);
        const seen = new Set<string>();
        for (const { ids, images } of processes) {
          const perAgent = new Map<string, number>();
          for (const { id, dialect } of ids) {
            expect(seen.has(id)).toBe(false);
            seen.add(id);
            perAgent.set(dialect, (perAgent.get(dialect) ?? 0) + 1);
          }
          for (const count of perAgent.values()) expect(count).toBeLessThanOrEqual(images.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
