import type { Arena } from '../../arena/arena.ts';
import type { EventKind } from '../../event/event.ts';
import type { KnownBody } from '../../event/knownBody.ts';
import { KnownLines } from '../../event/knownLines.ts';
import type { KnownProcesses } from '../../event/knownProcesses.ts';
import type { Repeats } from '../../event/repeats.ts';
import type { Sighting } from '../../event/sighting.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import { findDuplicateMember } from '../duplicateKey.ts';
import { type JsonObject, parseObject } from '../read.ts';
import { type EventKey, eventKeyOf } from './kinds.ts';
import { ScanArena, type ScanLimits } from './scanArena.ts';
import { BodyScanner, bodyNumberOf } from './scanBody.ts';
import { asciiOf, standsAt, utf8 } from './scanBytes.ts';
import { EnvelopeScanner, type MetPlace, type Place } from './scanEnvelope.ts';
import { ProcessScanner } from './scanProcess.ts';
import type { SightingMemo } from './sightingMemo.ts';

/** A record taken apart: the processes known, the body not read yet. */
export interface ScannedRecord {
  readonly key: EventKey;
  /** The number of its body, by `bodyNumberOf`. */
  readonly number: number;
  /** The event without `process` and `parent`, from the comma behind them to the brace at `bodyEnd`. */
  readonly bodyFrom: number;
  readonly bodyEnd: number;
  /** The slot of its process, and of the parent beside it; -1: there is none. */
  readonly process: number;
  readonly parent: number;
  readonly time: Nanos;
  readonly place: MetPlace;
}

interface KnownKind {
  readonly name: Uint8Array;
  readonly key: EventKey;
  readonly number: number;
}

const PROCESS = asciiOf(':{"process":');
const PARENT = asciiOf('"parent":');
const MOST_KINDS = 64;
const LONGEST_KIND = 64;
const nothing: JsonObject = {};

/**
 * Takes records apart without parsing what repeats. It knows one shape, the one in which agents write:
 * `{"KIND":{"process":{…},"parent":{…},…},"node_name":"…","time":"…",…}`, with or without a space behind commas. Every part
 * is read by `JSON.parse`, or by compiled code that takes nothing but the usual (assembly/message.ts, assembly/bodies.ts), or is
 * equal byte for byte to one that was, in the same place of the grammar; so the whole says what `JSON.parse` of the whole would.
 * Anything else is not answered: the caller decodes it.
 */
export class RecordScanner {
  readonly #scan: ScanArena;
  readonly #processes: ProcessScanner;
  readonly #envelopes: EnvelopeScanner;
  readonly #bodies: BodyScanner;
  readonly #kinds: KnownKind[] = [];
  readonly processes: KnownProcesses;
  /** Takes whole lines of such records. */
  readonly lines: KnownLines;

  constructor(
    arena: Arena,
    memo: SightingMemo,
    placeOf: (envelope: JsonObject) => Place,
    infer: (id: string) => Sighting,
    limits?: ScanLimits,
  ) {
    this.#scan = new ScanArena(arena, limits);
    this.processes = this.#scan.processes;
    this.#processes = new ProcessScanner(this.#scan, memo);
    this.#envelopes = new EnvelopeScanner(this.#scan, placeOf);
    this.#bodies = new BodyScanner(this.#scan);
    this.lines = new KnownLines(arena, {
      processes: this.processes,
      infer,
      placeOf: (envelope) => this.#envelopes.in(envelope),
      takeCounts: (tell) => this.#bodies.takeCounts(tell),
    });
  }

  /** The parts of a record; undefined when it is not of the one shape (which is one line), or not JSON. */
  read(record: Uint8Array): ScannedRecord | undefined {
    if (record[0] !== 123 || record[1] !== 34) return undefined;
    const begin = this.#scan.arena.addressOf(record);
    if (begin < 0) return undefined;
    const { bytes } = this.#scan;
    const limit = begin + record.length;
    // What is remembered of it may be found again in lines whose end nobody has looked for.
    if (this.#scan.code.newline(begin, limit) < limit) return undefined;
    this.#scan.code.beginRecord(begin);
    let quote = begin + 2;
    while (bytes[quote] !== 34 && quote < begin + LONGEST_KIND) quote += 1;
    let rest = quote + 1 + PROCESS.length;
    if (rest >= limit || !standsAt(bytes, quote + 1, PROCESS)) return undefined;
    const kind = this.#kindOf(begin + 2, quote);
    if (kind === undefined) return undefined;
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
    const { key, number } = kind;
    const time = nanos(this.#envelopes.time);
    const bodyEnd = this.#envelopes.begin;
    return { key, number, bodyFrom: rest, bodyEnd, process, parent, time, place };
  }

  /** The kind of the record's event, when compiled code has read its body: `body` says what is in it. */
  readBody(record: ScannedRecord): EventKind | undefined {
    const { number, bodyFrom, bodyEnd, process } = record;
    // Beyond ASCII, the name of a node may not be what was printed of it.
    if (number < 0 || !record.place.isPlain) return undefined;
    return this.#bodies.read(number, bodyFrom, bodyEnd, process);
  }

  /** What `readBody` has read. */
  get body(): KnownBody {
    return this.#bodies.body;
  }

  /** The body as an object; undefined when it is not JSON, or has a key twice. */
  parseBody({ bodyFrom, bodyEnd }: ScannedRecord): JsonObject | undefined {
    return bodyOf(this.#scan.bytes, bodyFrom, bodyEnd);
  }

  /** Whether the process in one slot names that in the other as its parent, and neither is the parent of both. */
  isPlainFamily(process: number, parent: number): boolean {
    return this.#scan.code.isPlainFamily(process, parent) !== 0;
  }

  /** The record read last is answered: notes what it repeats, and that others may repeat it. */
  settle(repeats: Repeats): void {
    this.#scan.settle(repeats);
  }

  #kindOf(from: number, quote: number): KnownKind | undefined {
    const { bytes } = this.#scan;
    const length = quote - from;
    for (const kind of this.#kinds) {
      if (kind.name.length === length && standsAt(bytes, from, kind.name)) return kind;
    }
    const name = bytes.slice(from, quote);
    // No name that we know has an escape in it, so that its text is its bytes.
    const key = eventKeyOf(utf8.decode(name));
    if (key === undefined || key.skip !== undefined) return undefined;
    const kind: KnownKind = { name, key, number: bodyNumberOf(key) };
    if (this.#kinds.length < MOST_KINDS) this.#kinds.push(kind);
    return kind;
  }
}

/** The members between the processes and the brace at `end`; undefined when they are no JSON or name a process again. */
function bodyOf(bytes: Uint8Array, from: number, end: number): JsonObject | undefined {
  if (from === end) return nothing;
  if (bytes[from] !== 44) return undefined;
  if (findDuplicateMember(bytes, from + 1, end) >= 0) return undefined;
  // An object, with a brace in place of the comma, for as long as it is read.
  bytes[from] = 123;
  const text = utf8.decode(bytes.subarray(from, end + 1));
  bytes[from] = 44;
  const body = parseObject(text);
  // A comma with nothing behind it is no JSON.
  if (body === undefined || Object.keys(body).length === 0) return undefined;
  if ('process' in body || 'parent' in body) return undefined;
  return body;
}
