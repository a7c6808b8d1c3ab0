import { hash } from 'node:crypto';
import type { FactBatch } from '@forebear/model/event/factBatch';
import { nanos } from '@forebear/model/event/time';
import { createIngest } from '@forebear/model/ingest/ingest';
import type { Ledger } from '@forebear/model/wire/primitives';
import type { Source } from '@forebear/model/wire/sources';
import { addTally, ledgerOf, newTally } from '../ledger.ts';
import type { CaseStore, Cases, NewSource, SourceEnd } from '../ports.ts';

interface LogOptions {
  readonly cluster?: string;
  readonly batchRecords?: number;
  /** Where the log lay. */
  readonly path?: string;
}

/** A log in the shape the store is handed it. */
export function batchesOf(text: string, options: LogOptions = {}): FactBatch[] {
  const ingest = createIngest({ cluster: '', hash: recordHash, batchRecords: 97, ...options });
  const batches = ingest.push(new TextEncoder().encode(text));
  return [...batches, ...ingest.end()];
}

/** Begins a source, appends a log, ends it. Answers what it added to the ledger, and the source in its end state. */
export async function takeLog(
  store: CaseStore,
  id: string,
  text: string,
  options: LogOptions = {},
): Promise<{ ledger: Ledger; source: Source }> {
  const begun = await store.facts.beginSource(newSource(id));
  if (!begun.ok) throw new Error(begun.problem.message);
  const sum = newTally();
  for (const batch of batchesOf(text, options)) {
    addTally(sum, await store.facts.append(id, batch, progress));
  }
  const ended = await store.facts.endSource(id, endOf('complete'));
  if (!ended.ok) throw new Error(ended.problem.message);
  return { ledger: ledgerOf(sum), source: ended.value };
}

export function newSource(id: string, state: NewSource['state'] = 'receiving'): NewSource {
  return {
    id,
    name: `${id}.log`,
    kind: 'upload',
    cluster: '',
    startedAt: nanos(1_000_000_000n),
    bytesExpected: undefined,
    state,
  };
}

export const progress = {
  bytesReceived: 7,
  members: [{ name: 'a.log', bytes: 7, records: 1, damage: [] }],
  formats: { tetragon: 1 },
};

export function endOf(state: SourceEnd['state']): SourceEnd {
  return {
    ...progress,
    state,
    finishedAt: nanos(2_000_000_000n),
    sha256: 'ab',
    gaps: [],
    note: state === 'complete' ? '' : 'It was stopped.',
  };
}

function recordHash(bytes: Uint8Array): bigint {
  return hash('sha256', bytes, 'buffer').readBigUInt64LE(0);
}

/** Opens a case, making it when it is not there. */
export async function openCase(cases: Cases, name: string): Promise<CaseStore> {
  const opened = await cases.open(name, { create: true });
  if (!opened.ok) throw new Error(opened.problem.message);
  return opened.value;
}
