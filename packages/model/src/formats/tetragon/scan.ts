import type { Repeats } from '../../event/repeats.ts';
import type { Nanos } from '../../event/time.ts';
import { findDuplicateMember } from '../duplicateKey.ts';
import { type JsonObject, parseObject } from '../read.ts';
import { type EventKey, eventKeyOf } from './kinds.ts';
import { asciiOf, RecordBytes, standsAt } from './scanBytes.ts';
import { EnvelopeScanner, type Place } from './scanEnvelope.ts';
import { ProcessScanner, type ScanLimits } from './scanProcess.ts';
import type { ReadProcess, SightingMemo } from './sightingMemo.ts';

/** A record taken apart: the processes known, the rest parsed. */
export interface ScannedRecord {
  readonly key: EventKey;
  /** The event without `process` and `parent`. */
  readonly body: JsonObject;
  readonly process: ReadProcess;
  readonly parent: ReadProcess | undefined;
  readonly time: Nanos;
  readonly place: Place;
}

interface KnownKind {
  readonly name: Uint8Array;
  readonly key: EventKey;
}

const PROCESS = asciiOf(':{"process":');
const PARENT = asciiOf('"parent":');
const EXIT_TIME = asciiOf(',"time":"');
const MOST_KINDS = 64;
const LONGEST_KIND = 64;
const nothing: JsonObject = {};
const utf8 = new TextDecoder();

/** 16 MiB of messages, some 16,000 processes: the live ones of most clusters. */
const usual: ScanLimits = { bytes: 16 * 1024 * 1024, slotBits: 14 };

/**
 * Takes records apart without parsing what repeats. It knows one shape, the one in which agents write:
 * `{"KIND":{"process":{…},"parent":{…},…},"node_name":"…","time":"…",…}`, with or without a space behind commas. Every part
 * is either parsed by `JSON.parse`, or equal byte for byte to one that was, in the same place of the grammar; so the
 * whole says what `JSON.parse` of the whole would. Anything else is not answered: the caller decodes it.
 */
export class RecordScanner {
  readonly #record = new RecordBytes();
  readonly #processes: ProcessScanner;
  readonly #envelopes: EnvelopeScanner;
  readonly #kinds: KnownKind[] = [];

  constructor(
    memo: SightingMemo,
    placeOf: (envelope: JsonObject) => Place,
    limits: ScanLimits = usual,
  ) {
    this.#processes = new ProcessScanner(memo, limits);
    this.#envelopes = new EnvelopeScanner(placeOf);
  }

  /** The parts of a record; undefined when it is not of the one shape, or not JSON. */
  read(bytes: Uint8Array): ScannedRecord | undefined {
    if (bytes[0] !== 123 || bytes[1] !== 34) return undefined;
    const record = this.#record;
    record.load(bytes);
    this.#processes.begin();
    let quote = 2;
    while (bytes[quote] !== 34 && quote < LONGEST_KIND) quote += 1;
    if (!standsAt(bytes, quote + 1, PROCESS)) return undefined;
    const key = this.#kindOf(bytes, quote);
    if (key === undefined) return undefined;
    const process = this.#processes.read(record, quote + 1 + PROCESS.length);
    if (process === undefined) return undefined;
    let rest = this.#processes.end;
    let parent: ReadProcess | undefined;
    if (bytes[rest] === 44) {
      const next = bytes[rest + 1] === 32 ? rest + 2 : rest + 1;
      if (standsAt(bytes, next, PARENT)) {
        parent = this.#processes.read(record, next + PARENT.length);
        if (parent === undefined) return undefined;
        rest = this.#processes.end;
      }
    }
    const envelope = this.#envelopes.find(bytes, rest);
    if (envelope < 0 || !this.#envelopes.read(record, envelope)) return undefined;
    const { time, place } = this.#envelopes;
    const body = bodyOf(bytes, rest, envelope, key);
    if (body === undefined || time === undefined) return undefined;
    return { key, body, process, parent, time, place };
  }

  /** The record read last is answered: notes what it repeats, and that others may repeat it. */
  settle(repeats: Repeats): void {
    this.#processes.settle(repeats);
  }

  #kindOf(bytes: Uint8Array, quote: number): EventKey | undefined {
    const length = quote - 2;
    for (const { name, key } of this.#kinds) {
      if (name.length === length && standsAt(bytes, 2, name)) return key;
    }
    const name = bytes.slice(2, quote);
    // No name that we know has an escape in it, so that its text is its bytes.
    const key = eventKeyOf(utf8.decode(name));
    if (key === undefined || key.skip !== undefined) return undefined;
    if (this.#kinds.length < MOST_KINDS) this.#kinds.push({ name, key });
    return key;
  }
}

/** The members between the processes and the brace at `end`; undefined when they are no JSON or name a process again. */
function bodyOf(
  bytes: Uint8Array,
  from: number,
  end: number,
  key: EventKey,
): JsonObject | undefined {
  if (from === end) return nothing;
  if (bytes[from] !== 44) return undefined;
  if (key.role === 'exit' && isTimeAlone(bytes, from, end)) return nothing;
  if (findDuplicateMember(bytes, from + 1, end) >= 0) return undefined;
  const body = parseObject(`{${utf8.decode(bytes.subarray(from + 1, end + 1))}`);
  if (body === undefined || 'process' in body || 'parent' in body) return undefined;
  return body;
}

/** An exit's own time, which counts only where the record has none. */
function isTimeAlone(bytes: Uint8Array, from: number, end: number): boolean {
  if (!standsAt(bytes, from, EXIT_TIME)) return false;
  let i = from + EXIT_TIME.length;
  for (let byte = bytes[i] ?? 0; byte !== 34; byte = bytes[i] ?? 0) {
    if (byte < 32 || byte > 126 || byte === 92) return false;
    i += 1;
  }
  return i + 1 === end;
}
