import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { FactBatch } from '@forebear/model/event/factBatch';
import type { ProcessFact } from '@forebear/model/event/facts';
import { sightingsOf } from '@forebear/model/event/readSightings';
import { faceKey } from '@forebear/model/graph/facts/faceKey';
import { factOf } from '@forebear/model/graph/facts/factOf';
import { mergeFaces, mergeProcessFact } from '@forebear/model/graph/facts/mergeFacts';
import { generateBulk } from '@forebear/model/scenario/bulk';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { batchesOf, newSource, progress } from '../../testing/intoStore.ts';
import { type Habitat, selectHabitat } from '../layout/habitat.ts';
import { factOfRow, type ProcessRow } from '../layout/processRow.ts';
import { CaseWriter } from './caseWriter.ts';

const dir = mkdtempSync(join(tmpdir(), 'forebear-faces-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const logs = {
  'a reverse shell': generateReverseShell(3).lines,
  'a busy cluster': [...generateBulk({ seed: 4, events: 3_000, pods: 6, nodes: 2 })],
};

/** An order that is nothing but mixed. */
function mixed(lines: readonly string[]): string[] {
  return lines
    .map((line, at) => ({ line, at: Math.imul(at + 1, 0x9e3779b1) >>> 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ line }) => line);
}

/** What the model's join makes of every sighting, and bare faces of processes that only their events name. */
function joined(batches: readonly FactBatch[]): Map<string, ProcessFact> {
  const faces = new Map<string, ProcessFact>();
  for (const batch of batches) {
    for (const { cluster, node, sighting } of sightingsOf(batch)) {
      if (sighting.id === '') continue;
      const fact = factOf(sighting, node, cluster);
      const known = faces.get(faceKey(fact));
      faces.set(faceKey(fact), known === undefined ? fact : mergeProcessFact(known, fact));
    }
  }
  return faces;
}

/** Whether what only an id says of a process changes nothing of one of its faces, of which there is evidence. */
function isSaidBeside(fact: ProcessFact, faces: readonly ProcessFact[]): boolean {
  const { id, cluster, node } = fact;
  return (
    fact.rank === 1 &&
    faces.some(
      (face) =>
        face.id === id &&
        face.cluster === cluster &&
        face.node === node &&
        face.rank > 1 &&
        isDeepStrictEqual(mergeFaces([face, fact]), face),
    )
  );
}

/** Each face once, and as expected; what an id alone says of a process may be left out where there is evidence that says it too. */
function expectAll(
  expected: ReadonlyMap<string, ProcessFact>,
  faces: readonly ProcessFact[],
): void {
  const found = new Map(faces.map((face) => [faceKey(face), face]));
  expect(found.size).toBe(faces.length);
  const kept = [...expected].filter(([key, fact]) => found.has(key) || !isSaidBeside(fact, faces));
  expect(kept.map(([key]) => found.get(key))).toEqual(kept.map(([, fact]) => fact));
}

/** The faces of a case whose writer was opened anew before every `reopenEach` batches. */
function written(name: string, batches: readonly FactBatch[], reopenEach: number) {
  const path = join(dir, `${name}.db`);
  const policy = { records: 1_000_000, atEnd: 1 };
  let writer = new CaseWriter(path, policy);
  writer.begin(newSource('s1'));
  for (const [at, batch] of batches.entries()) {
    if (at > 0 && at % reopenEach === 0) {
      writer.close();
      writer = new CaseWriter(path, policy);
    }
    writer.append('s1', batch, progress);
  }
  writer.tidy();
  writer.close();
  const db = new Database(path, { readonly: true });
  const pods = new Map(
    db
      .prepare<[], { id: number; key: string }>(
        "SELECT id, cluster || '/' || namespace || '/' || name || '/' || uid AS key FROM pods",
      )
      .all()
      .map(({ id, key }) => [id, key]),
  );
  const habitat = db.prepare<[bigint], Habitat>(selectHabitat);
  const rows = db
    .prepare<[], ProcessRow & { readonly cluster: string }>(
      'SELECT p.*, f.cluster FROM processes p JOIN faces f ON f.id = p.id',
    )
    .safeIntegers()
    .all();
  const faces = rows.map((row) => {
    const known = habitat.get(row.habitat);
    if (known === undefined) throw new Error(`there is no habitat ${row.habitat}`);
    return factOfRow(row, known, pods);
  });
  db.close();
  return {
    faces,
    keys: new Map(rows.map(({ exec_id, cluster, key }) => [`${exec_id} ${cluster}`, key])),
    rows,
  };
}

describe.each(Object.entries(logs))('faces of %s', (log, lines) => {
  it.each([
    ['in order, at once', lines, 100_000, 100],
    ['in order, a few records a batch', lines, 40, 1_000],
    ['backwards', [...lines].reverse(), 250, 1_000],
    ['mixed', mixed(lines), 333, 1_000],
    ['mixed, by a writer that remembers nothing', mixed(lines), 200, 1],
  ] as const)(
    'are what the join makes of all sightings: %s',
    (how, ordered, batchRecords, reopenEach) => {
      const batches = batchesOf(ordered.join('\n'), { batchRecords });
      const expected = joined(batches);
      const { faces, keys, rows } = written(`${log} ${how}`, batches, reopenEach);
      expectAll(expected, faces);
      const bare = faces.filter((face) => !expected.has(faceKey(face)));
      expect(bare.map(({ traits, rank }) => [traits, rank])).toEqual(bare.map(() => [0, 3]));
      // Every face of a process has the process's number.
      for (const row of rows) expect(keys.get(`${row.exec_id} ${row.cluster}`)).toBe(row.key);
    },
  );
});

/** What a sighting mostly says. */
const usual = {
  uid: 500,
  auid: 500,
  cwd: '/m',
  arguments: '-m',
  flags: 'execve',
  docker: '5123456789ab',
  parent_exec_id: 'bjE6NTo1',
  pod: 'm',
  start_time: '2026-03-01T10:00:00.000000005Z',
  binary: '/bin/m',
};

/** And one thing that it says otherwise, with a smaller value or a larger one, or leaves out. */
const others: readonly Partial<typeof usual>[] = [
  {},
  { uid: 0 },
  { uid: 1_000 },
  { auid: 0 },
  { auid: 4_294_967_295 },
  { cwd: '/' },
  { cwd: '/z' },
  { arguments: '-a' },
  { arguments: '-z' },
  { flags: 'auid' },
  { flags: 'procFS' },
  { docker: '0123456789ab' },
  { docker: 'f123456789ab' },
  { parent_exec_id: 'bjE6MTox' },
  { parent_exec_id: 'bjE6OTo5' },
  { pod: 'a' },
  { pod: 'z' },
  { start_time: '2026-03-01T10:00:00.000000004Z' },
  { binary: '/bin/z' },
];
const unusual = fc.oneof(
  fc.constantFrom(...others.map((other): Partial<typeof usual> => ({ ...usual, ...other }))),
  fc.constantFrom(...Object.keys(usual)).map((field): Partial<typeof usual> => {
    const { [field]: _left, ...rest }: Record<string, unknown> = usual;
    return rest;
  }),
);
const sighting = fc.tuple(
  unusual,
  fc.constantFrom('exec', 'exit', 'parent'),
  fc.constantFrom('n1', 'n2'),
);

type Said = typeof sighting extends fc.Arbitrary<infer T> ? T : never;

/** A record that says this of one of two processes, as its own or as another's parent. */
function lineOf([{ pod, ...fields }, how, node]: Said, at: number): string {
  const process = {
    exec_id: at % 2 === 0 ? 'bjE6MTox' : 'bjE6Mjoy',
    pid: 7,
    ...fields,
    ...(pod === undefined
      ? {}
      : {
          pod: {
            namespace: 'shop',
            name: pod,
            container: { id: 'containerd://c', name: 'c' },
          },
        }),
  };
  const other = {
    exec_id: 'bjE6OTo5',
    pid: 9,
    binary: '/bin/other',
    start_time: '2026-03-01T10:00:01Z',
  };
  const body = how === 'parent' ? { process: other, parent: process } : { process };
  const time = new Date(Date.UTC(2026, 2, 1, 11, 0, at)).toISOString();
  return JSON.stringify({
    [`process_${how === 'exit' ? 'exit' : 'exec'}`]: body,
    node_name: node,
    time,
  });
}

it('what an id alone says is not kept beside a process that was seen', () => {
  const { rows } = written('inferred', batchesOf(logs['a busy cluster'].join('\n')), 100);
  const described = new Set(rows.filter(({ rank }) => rank > 1n).map(({ exec_id }) => exec_id));
  expect(described.size).toBeGreaterThan(800);
  expect(rows.filter(({ rank, exec_id }) => rank === 1n && described.has(exec_id))).toEqual([]);
});

describe('faces of a few processes of which everything is said', () => {
  it('are what the join makes of all sightings, in any batches, with a writer that remembers or not', () => {
    let run = 0;
    const anyLog = fc.array(sighting, { minLength: 1, maxLength: 25 });
    fc.assert(
      fc.property(
        anyLog,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (sightings, batchRecords, forgets) => {
          run += 1;
          const lines = sightings.map(lineOf);
          const batches = batchesOf(lines.join('\n'), { batchRecords });
          const expected = joined(batches);
          const { faces } = written(`random ${run}`, batches, forgets ? 2 : 100);
          expectAll(expected, faces);
        },
      ),
      { numRuns: 150 },
    );
  });
});
