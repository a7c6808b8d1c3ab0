import { Buffer } from 'node:buffer';
import { columnBuffersOf, type FactBatch } from '@forebear/model/event/factBatch';
import type { PackedTexts } from '@forebear/model/event/packedTexts';
import { type CompressedBytes, compressBytes, InflatingBytes } from './compressedBytes.ts';

/** A batch on its way between threads. */
export interface PackedBatch extends Omit<FactBatch, 'strings' | 'packed' | 'raw'> {
  readonly strings: PackedTexts;
  readonly raw: CompressedBytes;
}

/** A batch whose texts are one piece of memory, and whose bytes are as they will be stored: whoever decodes has them compressed there. */
export function packBatch(batch: FactBatch): PackedBatch {
  if (batch instanceof RelayedBatch) return batch.packedBatch;
  const { records, blank, events, sightings } = batch;
  const { pods, containers, sockets, lookups, exits, gaps, flows, alerts, audits } = batch;
  const strings = batch.packed ?? packTexts(batch.strings);
  const raw = compressBytes(batch.raw);
  const columns = { raw, records, blank, events, sightings, pods, containers, sockets, lookups };
  return { ...columns, exits, gaps, flows, alerts, audits, strings };
}

/** The batch as it was. */
export function unpackBatch(packed: PackedBatch): FactBatch {
  const strings = unpackTexts(packed.strings);
  return { ...packed, raw: new InflatingBytes(packed.raw), strings, packed: packed.strings };
}

/** The batch as it was for whoever looks at its texts; `packBatch` hands it on as it came. */
export function relayBatch(packed: PackedBatch): FactBatch {
  return new RelayedBatch(packed);
}

/** What `postMessage` may take over of a packed batch. */
export function transfersOf(packed: PackedBatch): ArrayBuffer[] {
  const { bytes, ends } = packed.strings;
  const { data, folds } = packed.raw;
  const buffers = [
    ...columnBuffersOf(packed),
    data.buffer,
    folds?.buffer,
    bytes.buffer,
    ends.buffer,
  ];
  return buffers.filter((buffer) => buffer instanceof ArrayBuffer);
}

/** Gives a batch's memory back at once, instead of when the collector finds out. Nobody may look at it again. */
export function freeBatch(packed: PackedBatch): void {
  for (const buffer of transfersOf(packed)) buffer.transfer(0);
}

class RelayedBatch implements FactBatch {
  readonly packedBatch: PackedBatch;
  readonly raw: FactBatch['raw'];
  readonly records: FactBatch['records'];
  readonly blank: number;
  readonly events: FactBatch['events'];
  readonly sightings: FactBatch['sightings'];
  readonly pods: FactBatch['pods'];
  readonly containers: FactBatch['containers'];
  readonly sockets: FactBatch['sockets'];
  readonly lookups: FactBatch['lookups'];
  readonly exits: FactBatch['exits'];
  readonly gaps: FactBatch['gaps'];
  readonly flows: FactBatch['flows'];
  readonly alerts: FactBatch['alerts'];
  readonly audits: FactBatch['audits'];
  #strings: readonly string[] | undefined;

  constructor(packed: PackedBatch) {
    this.packedBatch = packed;
    this.raw = new InflatingBytes(packed.raw);
    this.records = packed.records;
    this.blank = packed.blank;
    this.events = packed.events;
    this.sightings = packed.sightings;
    this.pods = packed.pods;
    this.containers = packed.containers;
    this.sockets = packed.sockets;
    this.lookups = packed.lookups;
    this.exits = packed.exits;
    this.gaps = packed.gaps;
    this.flows = packed.flows;
    this.alerts = packed.alerts;
    this.audits = packed.audits;
  }

  get strings(): readonly string[] {
    this.#strings ??= unpackTexts(this.packedBatch.strings);
    return this.#strings;
  }
}

function packTexts(texts: readonly string[]): PackedTexts {
  let units = 0;
  let size = 0;
  for (const text of texts) {
    units += text.length;
    size += Buffer.byteLength(text);
  }
  const bytes = Buffer.from(new ArrayBuffer(size));
  const ends = new Uint32Array(texts.length);
  let at = 0;
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index] ?? '';
    if (text.length > 0) at += bytes.write(text, at);
    ends[index] = at;
  }
  return { bytes: new Uint8Array(bytes.buffer, 0, at), ends, isAscii: at === units };
}

function unpackTexts({ bytes, ends, isAscii }: PackedTexts): readonly string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const texts = new Array<string>(ends.length);
  let from = 0;
  for (let index = 0; index < ends.length; index += 1) {
    const to = ends[index] ?? from;
    texts[index] = isAscii
      ? buffer.toString('latin1', from, to)
      : buffer.toString('utf8', from, to);
    from = to;
  }
  return texts;
}
