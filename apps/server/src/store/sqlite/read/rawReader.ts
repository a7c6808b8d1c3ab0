import type { Quarantined } from '@forebear/model/wire/sources';
import { wholeOf } from '../../../crossing/compressedBytes.ts';
import type { RawRecord } from '../../ports.ts';
import { sampleOf } from '../../recordSample.ts';
import { type Place, recordBytes, unpackPlaces } from '../layout/rawBlocks.ts';
import type { CaseDb } from './caseDb.ts';

interface Block {
  readonly first: number;
  readonly source: { readonly id: number; readonly uuid: string };
  readonly places: readonly Place[];
  readonly bytes: Uint8Array;
}

/** Bytes of blocks kept inflated, beyond the last one: neighbours of a page lie in one or two. */
const maxBytes = 24 * 1024 * 1024;

/** Reads records back from their blocks, byte for byte. */
export class RawReader {
  readonly #db: CaseDb;
  #blocks: Block[] = [];

  constructor(db: CaseDb) {
    this.#db = db;
  }

  /** The record of a number; undefined: none. */
  record(number: number): RawRecord | undefined {
    const block = this.#blockOf(number);
    const place = block?.places[number - block.first];
    if (block === undefined || place === undefined) return undefined;
    return {
      bytes: recordBytes(block.bytes, block.places, number - block.first).slice(),
      source: block.source.uuid,
      member: this.#memberOf(block.source.id, place.member),
      line: place.line,
      offset: place.offset,
    };
  }

  /** Quarantined records of a source behind the record `after`, in order of the log. */
  quarantined(
    source: number,
    after: number,
    limit: number,
  ): { record: number; item: Quarantined }[] {
    return this.#db
      .all<{ record: number; offset: number; length: number; line: number; reason: string }>(
        'SELECT record, offset, length, line, reason FROM quarantine WHERE source = ? AND record > ? ORDER BY record LIMIT ?',
        [source, after, limit],
      )
      .map(({ record, offset, length, line, reason }) => {
        const raw = this.record(record);
        const sample = raw === undefined ? '' : sampleOf(raw.bytes);
        return {
          record,
          item: { offset, length, line, member: raw?.member ?? '', reason, sample },
        };
      });
  }

  #blockOf(number: number): Block | undefined {
    const known = this.#blocks.find(
      ({ first, places }) => number >= first && number < first + places.length,
    );
    if (known !== undefined) return known;
    const [row] = this.#db.all<{
      first_record: number;
      places: Uint8Array;
      data: Uint8Array;
      folds: Uint8Array | null;
      size: number;
      source: number;
      uuid: string;
    }>(
      `SELECT b.first_record, b.places, b.data, b.folds, b.size, b.source, s.uuid FROM raw_blocks b JOIN sources s ON s.id = b.source
        WHERE b.first_record <= ? ORDER BY b.first_record DESC LIMIT 1`,
      [number],
    );
    if (row === undefined) return undefined;
    const block: Block = {
      first: row.first_record,
      source: { id: row.source, uuid: row.uuid },
      places: unpackPlaces(row.places).places,
      bytes: wholeOf(row),
    };
    this.#keep(block);
    return block;
  }

  #memberOf(source: number, number: number): string {
    const [name] = this.#db.all<string>(
      'SELECT name FROM source_members WHERE source = ? AND number = ?',
      [source, number],
      'pluck',
    );
    return name ?? '';
  }

  #keep(block: Block): void {
    const kept = [block];
    let bytes = block.bytes.length;
    for (const other of this.#blocks) {
      bytes += other.bytes.length;
      if (bytes > maxBytes) break;
      kept.push(other);
    }
    this.#blocks = kept;
  }
}
