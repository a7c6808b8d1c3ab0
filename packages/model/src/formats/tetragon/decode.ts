import type { Arena } from '../../arena/arena.ts';
import type { EventKind, ProcessEvent } from '../../event/event.ts';
import type { EventHead } from '../../event/knownBody.ts';
import type { KnownFamily } from '../../event/knownEvent.ts';
import type { KnownLines } from '../../event/knownLines.ts';
import type { Repeats } from '../../event/repeats.ts';
import type { Sighting } from '../../event/sighting.ts';
import type { Nanos } from '../../event/time.ts';
import type { Decoded, Decoder, Scanned } from '../format.ts';
import {
  isObject,
  type JsonObject,
  listOf,
  objectOf,
  type Precision,
  textOf,
  timeOf,
} from '../read.ts';
import type { EventBase } from './base.ts';
import { isEnveloped, isEventAlone } from './claim.ts';
import { decodeExecId } from './execId.ts';
import { type EventKey, eventKeyOf } from './kinds.ts';
import { rankByRole, sightingIn, traitsIn } from './process.ts';
import { RecordScanner, type ScannedRecord } from './scan.ts';
import type { ScanLimits } from './scanArena.ts';
import type { Place } from './scanEnvelope.ts';
import { SightingMemo } from './sightingMemo.ts';

/** A record has one event; one that has more than this many is no record of an agent. */
const MOST_EVENTS = 32;
const MOST_PLACES = 4096;

const noAncestors: readonly Sighting[] = [];

interface Envelope {
  readonly time: Nanos | undefined;
  readonly node: string;
  readonly cluster: string | undefined;
}

/** Reads Tetragon's and Hubble Enterprise's records. */
export class TetragonDecoder implements Decoder {
  readonly #memo = new SightingMemo();
  readonly #precision: Precision = { lost: false };
  readonly #places = new Map<string, Place>();
  readonly #scanner: RecordScanner | undefined;
  readonly #infer = (id: string): Sighting => this.#memo.infer(id);

  /** Without an arena it does not scan. `limits`: how much scanning remembers; generous when absent. */
  constructor(arena?: Arena, limits?: ScanLimits) {
    if (arena === undefined) return;
    const placeOf = (envelope: JsonObject): Place => this.#envelopeOf(envelope);
    this.#scanner = new RecordScanner(arena, this.#memo, placeOf, this.#infer, limits);
  }

  get lines(): KnownLines | undefined {
    return this.#scanner?.lines;
  }

  scan(bytes: Uint8Array, repeats: Repeats): Scanned | undefined {
    const scanner = this.#scanner;
    const record = scanner?.read(bytes);
    // Without a node's name, the process's id may name the node: rare, and decoding knows how.
    if (scanner === undefined || record === undefined || record.place.node === '') return undefined;
    this.#precision.lost = false;
    const scanned = this.#scanned(scanner, record);
    if (scanned === undefined || this.#precision.lost) return undefined;
    scanner.settle(repeats);
    return scanned;
  }

  #scanned(scanner: RecordScanner, record: ScannedRecord): Scanned | undefined {
    const family = this.#familyOf(scanner, record);
    const kind = family === undefined ? undefined : scanner.readBody(record);
    if (family !== undefined && kind !== undefined) {
      // Member by member: this is made for every event.
      const { processes, process, parent, rank, traits, where, infer } = family;
      const event = headOf(kind, record);
      const { body: read } = scanner;
      const known = { processes, process, parent, rank, traits, where, infer, event, body: read };
      return { kind: 'known', known };
    }
    const body = scanner.parseBody(record);
    if (body === undefined) return undefined;
    if (family === undefined || body.ancestors !== undefined) {
      return this.#unknown(scanner, record, body);
    }
    return { kind: 'known', known: { ...family, event: this.#ownEvent(family, record, body) } };
  }

  /** The processes of a record that names its process, its parent, that one's parent by id, and perhaps ancestors. */
  #familyOf(scanner: RecordScanner, record: ScannedRecord): KnownFamily | undefined {
    const { key, process, parent, place } = record;
    const { processes } = scanner;
    if (parent < 0 || !scanner.isPlainFamily(process, parent)) return undefined;
    if (processes.idOf(process) < 0 || processes.idOf(parent) < 0) return undefined;
    const { role } = key;
    return {
      processes,
      process,
      parent,
      rank: rankByRole[role],
      traits: traitsIn(role, processes.traitsOf(process)),
      where: place.number,
      infer: this.#infer,
    };
  }

  /** The event without its processes. */
  #ownEvent(family: KnownFamily, record: ScannedRecord, body: JsonObject): ProcessEvent {
    const { key, time, place } = record;
    const { processes, process } = family;
    // Whether an exit's code is known depends on the process; no other body is read by it.
    const seen: Sighting | undefined =
      key.role === 'exit'
        ? {
            id: processes.textOf(process, 'id') ?? '',
            rank: rankByRole.exit,
            traits: processes.traitsOf(process),
          }
        : undefined;
    const base = baseOf(key, { ...place, time }, place.node, seen, undefined, noAncestors);
    return key.read(body, base, this.#precision);
  }

  #unknown({ processes }: RecordScanner, record: ScannedRecord, body: JsonObject): Scanned {
    const { key, time, place, process, parent } = record;
    const base = this.#baseWith(
      key,
      body,
      { ...place, time },
      place.node,
      sightingIn(key.role, processes.wordsOf(process)),
      parent < 0 ? undefined : sightingIn('embedded', processes.wordsOf(parent)),
    );
    return { kind: 'events', events: [key.read(body, base, this.#precision)] };
  }

  decode(value: unknown): Decoded {
    if (!isObject(value)) return rejected('no_event', 'the record is not an object');
    this.#precision.lost = false;
    const events: ProcessEvent[] = [];
    let skip: string | undefined;
    let bad: string | undefined;
    let envelope: Envelope | undefined;
    const enveloped = isEnveloped(value);
    for (const key in value) {
      const event = eventKeyOf(key);
      const body = value[key];
      if (event === undefined || !(enveloped || isEventAlone(event, body))) continue;
      if (event.skip !== undefined) skip = event.skip;
      else if (!isObject(body)) bad = key;
      else if (events.length === MOST_EVENTS) return rejected('bad_event', 'too many events');
      else {
        envelope ??= this.#envelopeOf(value);
        events.push(this.#eventOf(event, body, envelope));
      }
    }
    if (this.#precision.lost) return { kind: 'imprecise' };
    if (events.length > 0) return { kind: 'events', events };
    if (skip !== undefined) return { kind: 'skipped', reason: skip };
    if (bad !== undefined) return rejected('bad_event', `${bad} is not an object`);
    return rejected('no_event', 'no event key');
  }

  #envelopeOf(value: JsonObject): Envelope {
    const { node, cluster } = this.#placeOf(textOf(value.node_name ?? value.nodeName) ?? '');
    return {
      time: timeOf(value.time),
      node,
      cluster: textOf(value.cluster_name ?? value.clusterName) ?? cluster,
    };
  }

  #placeOf(name: string): Place {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = readPlace(name);
    if (this.#places.size >= MOST_PLACES) this.#places.clear();
    this.#places.set(name, place);
    return place;
  }

  #eventOf(key: EventKey, body: JsonObject, envelope: Envelope): ProcessEvent {
    const base = this.#baseOf(key, body, envelope);
    return key.read(body, base, this.#precision);
  }

  #baseOf(key: EventKey, body: JsonObject, envelope: Envelope): EventBase {
    const rawProcess = objectOf(body.process);
    const node = envelope.node === '' ? nodeOf(rawProcess) : envelope.node;
    const process =
      rawProcess === undefined ? undefined : this.#memo.read(rawProcess, key.role, node);
    const rawParent = objectOf(body.parent);
    const parent =
      rawParent === undefined ? undefined : this.#memo.read(rawParent, 'embedded', node);
    return this.#baseWith(key, body, envelope, node, process, parent);
  }

  #baseWith(
    key: EventKey,
    body: JsonObject,
    envelope: Envelope,
    node: string,
    process: Sighting | undefined,
    embedded: Sighting | undefined,
  ): EventBase {
    const ancestors: Sighting[] = [];
    for (const raw of listOf(body.ancestors)) {
      const ancestor = isObject(raw) ? this.#memo.read(raw, 'embedded', node) : undefined;
      if (ancestor !== undefined) ancestors.push(ancestor);
    }
    const parent =
      process === undefined ? embedded : this.#nameParents(process, embedded, ancestors);
    return baseOf(key, envelope, node, process, parent, ancestors);
  }

  /**
   * Adds a sighting for every parent that is only named by its id. Returns the parent: the embedded one, else the one
   * the process names.
   */
  #nameParents(
    process: Sighting,
    embedded: Sighting | undefined,
    ancestors: Sighting[],
  ): Sighting | undefined {
    let parent = embedded;
    if (process.parentId === undefined) {
      // The snapshot is the only evidence of the link, so the link gets the snapshot's rank.
      if (embedded !== undefined && embedded.id !== process.id) {
        ancestors.push(linkSighting(process, embedded.id));
      }
    } else if (embedded === undefined && process.parentId !== process.id) {
      parent = this.#memo.infer(process.parentId);
    }
    const stated = ancestors.length;
    if (stated === 0 && (parent === undefined || parent.id === process.parentId)) {
      const id = parent?.parentId;
      const isNew = id !== undefined && id !== process.id && id !== parent?.id;
      if (isNew) ancestors.push(this.#memo.infer(id));
      return parent;
    }
    const ids = new Set([process.id]);
    if (parent !== undefined) ids.add(parent.id);
    for (const ancestor of ancestors) ids.add(ancestor.id);
    this.#inferParent(process, ids, ancestors);
    if (parent !== undefined) this.#inferParent(parent, ids, ancestors);
    for (let i = 0; i < stated; i += 1) this.#inferParent(ancestors[i], ids, ancestors);
    return parent;
  }

  #inferParent(child: Sighting | undefined, ids: Set<string>, ancestors: Sighting[]): void {
    const id = child?.parentId;
    if (id === undefined || ids.has(id)) return;
    ids.add(id);
    ancestors.push(this.#memo.infer(id));
  }
}

/** What an event says beside its processes and its body. */
function headOf(kind: EventKind, { key, time, place }: ScannedRecord): EventHead {
  const head = { dialect: 'tetragon', kind, label: key.label, node: place.node, time } as const;
  return place.cluster === undefined ? head : { ...head, cluster: place.cluster };
}

function baseOf(
  key: EventKey,
  { time, cluster }: Envelope,
  node: string,
  process: Sighting | undefined,
  parent: Sighting | undefined,
  ancestors: readonly Sighting[],
): EventBase {
  const base: { -readonly [Key in keyof EventBase]: EventBase[Key] } = {
    dialect: 'tetragon',
    label: key.label,
    node,
    ancestors,
  };
  if (time !== undefined) base.time = time;
  if (cluster !== undefined) base.cluster = cluster;
  if (process !== undefined) base.process = process;
  if (parent !== undefined) base.parent = parent;
  return base;
}

/** Hubble prints cluster/node, and some relays hand it on (semantics, Pods and clusters). */
function readPlace(name: string): Place {
  const slash = name.lastIndexOf('/');
  return {
    node: slash < 0 ? name : name.slice(slash + 1),
    cluster: slash <= 0 ? undefined : name.slice(0, slash),
  };
}

/** The process with nothing but its face and the parent that a snapshot beside it implies. */
function linkSighting(process: Sighting, parentId: string): Sighting {
  return {
    rank: 2,
    id: process.id,
    parentId,
    traits: 0,
    ...(process.pid === undefined ? {} : { pid: process.pid }),
    ...(process.startTime === undefined ? {} : { startTime: process.startTime }),
    ...(process.binary === undefined ? {} : { binary: process.binary }),
    ...(process.ktime === undefined ? {} : { ktime: process.ktime }),
  };
}

/** The node that a process's id names, for records that name none. */
function nodeOf(raw: JsonObject | undefined): string {
  const id = textOf(raw?.exec_id ?? raw?.execId);
  return (id === undefined ? undefined : decodeExecId(id)?.node) ?? '';
}

function rejected(reason: 'no_event' | 'bad_event', detail: string): Decoded {
  return { kind: 'rejected', reason, detail };
}
