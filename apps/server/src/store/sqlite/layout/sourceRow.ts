import { formatTime, nanos } from '@forebear/model/event/time';
import { type Source, source as sourceSchema } from '@forebear/model/wire/sources';
import { storedJson } from './storedJson.ts';

/** Selects sources as `SourceRow`s, their table named `s`. */
export const selectSources = `SELECT s.*, (
    SELECT json_group_array(json_object('name', name, 'bytes', bytes, 'records', records, 'damage', json(damage)) ORDER BY number)
      FROM source_members WHERE source = s.id
  ) AS members FROM sources s`;

/** A row of `selectSources` read with safe integers. */
export interface SourceRow {
  readonly id: bigint;
  readonly uuid: string;
  readonly name: string;
  readonly kind: string;
  readonly state: string;
  readonly cluster: string;
  readonly started_at: bigint;
  readonly finished_at: bigint | null;
  readonly bytes_received: bigint;
  readonly bytes_expected: bigint | null;
  readonly sha256: string | null;
  readonly members: string;
  readonly formats: string;
  readonly kinds: string;
  readonly gaps: string;
  readonly note: string;
  readonly first_time: bigint | null;
  readonly last_time: bigint | null;
  readonly stored: bigint;
  readonly duplicate: bigint;
  readonly quarantined: bigint;
  readonly skipped: bigint;
  readonly blank: bigint;
  readonly events: bigint;
}

/** A source as the API shows it. `in` is the sum of what became of its records: the ledger cannot disagree. */
export function sourceOfRow(row: SourceRow): Source {
  const time = (value: bigint | null) => (value === null ? null : formatTime(nanos(value)));
  const [stored, duplicate, quarantined, skipped, blank] = [
    row.stored,
    row.duplicate,
    row.quarantined,
    row.skipped,
    row.blank,
  ].map(Number);
  return sourceSchema.parse({
    id: row.uuid,
    name: row.name,
    kind: row.kind,
    state: row.state,
    cluster: row.cluster,
    formats: storedJson.unknown(row.formats),
    kinds: storedJson.unknown(row.kinds),
    startedAt: time(row.started_at),
    finishedAt: time(row.finished_at),
    bytesReceived: Number(row.bytes_received),
    bytesExpected: row.bytes_expected === null ? null : Number(row.bytes_expected),
    sha256: row.sha256,
    members: storedJson.unknown(row.members),
    ledger: {
      in: (stored ?? 0) + (duplicate ?? 0) + (quarantined ?? 0) + (skipped ?? 0) + (blank ?? 0),
      stored,
      duplicate,
      quarantined,
      skipped,
      blank,
      events: Number(row.events),
    },
    firstTime: time(row.first_time),
    lastTime: time(row.last_time),
    gaps: storedJson.unknown(row.gaps),
    note: row.note,
  });
}
