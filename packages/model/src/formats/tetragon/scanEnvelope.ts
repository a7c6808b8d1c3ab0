import { findDuplicateMember } from '../duplicateKey.ts';
import { type JsonObject, parseObject } from '../read.ts';
import { field, type ScanArena, UNKNOWN } from './scanArena.ts';
import { utf8 } from './scanBytes.ts';

/** Where a record comes from. */
export interface Place {
  readonly node: string;
  readonly cluster: string | undefined;
}

/** A place as the stream met it. */
export interface MetPlace extends Place {
  /** Equal for the same place, from 1; a place that was forgotten in between is another. */
  readonly number: number;
  /** The node's name is printable ASCII. */
  readonly isPlain: boolean;
}

/** Whatever else an agent says of a record, as text and as protobuf's other spelling of it. */
const envelopeKeys: ReadonlySet<string> = new Set([
  'time',
  'node_name',
  'cluster_name',
  'aggregation_info',
  'node_labels',
  'nodeName',
  'clusterName',
  'aggregationInfo',
  'nodeLabels',
]);
const nowhere: Place = { node: '', cluster: undefined };
const PLAIN = /^[ -~]*$/;
const LONGEST_NAMES = 4096;
const toUtf8 = new TextEncoder();

/**
 * Reads what stands behind the event: `},"node_name":"…","time":"…"` and whatever follows. Records of one node repeat it
 * byte for byte but for the time.
 */
export class EnvelopeScanner {
  /** Where the envelope read last begins: at the brace that closes the event. */
  begin = 0;
  readonly #scan: ScanArena;
  readonly #placeOf: (envelope: JsonObject) => Place;
  /** By slot. */
  readonly #places: (MetPlace | undefined)[];
  #met = 0;

  /** `placeOf` reads a parsed envelope. */
  constructor(scan: ScanArena, placeOf: (envelope: JsonObject) => Place) {
    this.#scan = scan;
    this.#placeOf = placeOf;
    this.#places = new Array<MetPlace | undefined>(scan.slots.envelopes).fill(undefined);
  }

  /** The place of the envelope in a slot. */
  in(slot: number): Place {
    return this.#places[slot] ?? nowhere;
  }

  /** Nanoseconds, of the envelope read last. */
  get time(): bigint {
    return this.#scan.time;
  }

  /** What the envelope says that begins at or behind `from`, of a record that ends at `limit`; undefined for what does not fit. */
  read(from: number, limit: number): MetPlace | undefined {
    const { code, found } = this.#scan;
    const slot = code.envelope(from, limit);
    if (slot >= 0) {
      this.begin = found[field.envelopeAt] ?? 0;
      return this.#places[slot];
    }
    return slot === UNKNOWN ? this.#learn(limit) : undefined;
  }

  #learn(limit: number): MetPlace | undefined {
    const { found, bytes } = this.#scan;
    const at = found[field.envelopeAt] ?? 0;
    const slot = found[field.slot] ?? 0;
    if (findDuplicateMember(bytes, at + 2, limit) >= 0) return undefined;
    const before = `{${utf8.decode(bytes.subarray(at + 2, found[field.timeAt]))}`;
    const after = utf8.decode(bytes.subarray(found[field.tailAt], limit));
    const one = parseObject(`${before}1${after}`);
    const two = parseObject(`${before}2${after}`);
    // A second time further on would win.
    if (one?.time !== '1' || two?.time !== '2') return undefined;
    // A key of somebody else's may make it a record of two formats: whoever parses it asks all of them.
    for (const key in one) if (!envelopeKeys.has(key)) return undefined;
    this.#met += 1;
    const { node, cluster } = this.#placeOf(one);
    const place: MetPlace = {
      node,
      cluster,
      number: this.#met,
      isPlain: PLAIN.test(node),
    };
    this.#places[slot] = place;
    this.#keep(slot, limit, place);
    this.begin = at;
    return place;
  }

  /** Remembers the envelope, and its place for compiled code that takes whole lines. */
  #keep(slot: number, limit: number, { node, cluster, number, isPlain }: MetPlace): void {
    const { code, arena } = this.#scan;
    const nodeName = toUtf8.encode(node);
    const clusterName = toUtf8.encode(cluster ?? '');
    // Without a node's name, the process's id may name the node: JavaScript knows how.
    const isUsual = isPlain && node !== '' && nodeName.length + clusterName.length < LONGEST_NAMES;
    if (!isUsual) {
      code.keepEnvelope(slot, limit, 0, limit, 0, 0);
      return;
    }
    const names = arena.lay(toUtf8.encode(node + (cluster ?? '')));
    const clusterLength = cluster === undefined ? -1 : clusterName.length;
    code.keepEnvelope(slot, limit, number, names, nodeName.length, clusterLength);
  }
}
