import type { Arena } from '../../arena/arena.ts';
import type { KnownProcesses } from '../../event/knownProcesses.ts';
import type { Repeats } from '../../event/repeats.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import { findDuplicateMember } from '../duplicateKey.ts';
import { type JsonObject, parseObject } from '../read.ts';
import { type EventKey, eventKeyOf } from './kinds.ts';
import { ScanArena, type ScanLimits } from './scanArena.ts';
import { asciiOf, standsAt } from './scanBytes.ts';
import { EnvelopeScanner, type MetPlace, type Place } from './scanEnvelope.ts';
import { ProcessScanner } from './scanProcess.ts';
import type { SightingMemo } from './sightingMemo.ts';

/** A record taken apart: the processes known, the rest parsed. */
export interface ScannedRecord {
  readonly key: EventKey;
  /** The event without `process` and `parent`. */
  readonly body: JsonObject;
  /** The slot of its process, and of the parent beside it; -1: there is none. */
  readonly process: number;
  readonly parent: number;
  readonly time: Nanos;
  readonly place: MetPlace;
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

/**
 * Takes records apart without parsing what repeats. It knows one shape, the one in which agents write:
 * `{"KIND":{"process":{…},"parent":{…},…},"node_name":"…","time":"…",…}`, with or without a space behind commas. Every part
 * is read by `JSON.parse`, or by compiled code that takes nothing but the usual (assembly/message.ts), or is equal byte for byte
 * to one that was, in the same place of the grammar; so the whole says what `JSON.parse` of the whole would. Anything else is
 * not answered: the caller decodes it.
 */
export class RecordScanner {
  readonly #scan: ScanArena;
  readonly #processes: ProcessScanner;
  readonly #envelopes: EnvelopeScanner;
  readonly #kinds: KnownKind[] = [];
  readonly processes: KnownProcesses;

  constructor(
    arena: Arena,
    memo: SightingMemo,
    placeOf: (envelope: JsonObject) => Place,
    limits?: ScanLimits,
  ) {
    this.#scan = new ScanArena(arena, limits);
    this.processes = this.#scan.processes;
    this.#processes = new ProcessScanner(this.#scan, memo);
    this.#envelopes = new EnvelopeScanner(this.#scan, placeOf);
  }

  /** The parts of a record; undefined when it is not of the one shape, or not JSON. */
  read(record: Uint8Array): ScannedRecord | undefined {
    if (record[0] !== 123 || record[1] !== 34) return undefined;
    const begin = this.#scan.arena.addressOf(record);
    if (begin < 0) return undefined;
    const { bytes } = this.#scan;
    const limit = begin + record.length;
    this.#scan.code.beginRecord(begin);
    let quote = begin + 2;
    while (bytes[quote] !== 34 && quote < begin + LONGEST_KIND) quote += 1;
    let rest = quote + 1 + PROCESS.length;
    if (rest >= limit || !standsAt(bytes, quote + 1, PROCESS)) return undefined;
    const key = this.#kindOf(begin + 2, quote);
    if (key === undefined) return undefined;
    let process = this.#processes.read(rest, limit);
    if (process < 0) return undefined;
    rest = this.#processes.end;
    let parent = -1;
    if (bytes[rest] === 44) {
      const next = bytes[rest + 1] === 32 ? rest + 2 : rest + 1;
      const at = next + PARENT.length;
      if (at < limit && standsAt(bytes, next, PARENT)) {
        parent = this.#processes.read(at, limit);
        if (parent < 0) return undefined;
        rest = this.#processes.end;
        // Who is learned may have moved the other aside, or its text out of what is remembered.
        process = this.#scan.code.firstSlot();
        if (this.#scan.code.isHeld(process) === 0) return undefined;
      }
    }
    const place = this.#envelopes.read(rest, limit);
    if (place === undefined) return undefined;
    const body = bodyOf(bytes, rest, this.#envelopes.begin, key);
    if (body === undefined) return undefined;
    return { key, body, process, parent, time: nanos(this.#envelopes.time), place };
  }

  /** Whether the process in one slot names that in the other as its parent, and neither is the parent of both. */
  isPlainFamily(process: number, parent: number): boolean {
    return this.#scan.code.isPlainFamily(process, parent) !== 0;
  }

  /** The record read last is answered: notes what it repeats, and that others may repeat it. */
  settle(repeats: Repeats): void {
    this.#scan.settle(repeats);
  }

  #kindOf(from: number, quote: number): EventKey | undefined {
    const { bytes } = this.#scan;
    const length = quote - from;
    for (const { name, key } of this.#kinds) {
      if (name.length === length && standsAt(bytes, from, name)) return key;
    }
    const name = bytes.slice(from, quote);
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
  // An object, with a brace in place of the comma, for as long as it is read.
  bytes[from] = 123;
  const text = utf8.decode(bytes.subarray(from, end + 1));
  bytes[from] = 44;
  const body = parseObject(text);
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
