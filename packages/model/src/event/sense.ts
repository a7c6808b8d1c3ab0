import type { FlowDetail, ProcessEvent, SocketDetail } from './event.ts';
import type { Sighting } from './sighting.ts';

/** The part of a sense that depends on the process alone: the state after its id, and a hash of its other words. */
export interface SenseSeed {
  readonly id1: number;
  readonly id2: number;
  readonly words1: number;
  readonly words2: number;
}

/**
 * 64 bits of what an event says apart from how it was written: kind, label, process id, time and body, without
 * refcnt, pod and labels (D17). Two records with one sense are the same event in other bytes (`sameAs`).
 * Not keyed: a collision would need equal ids and nanosecond times, and costs only a count.
 */
export function senseOf(event: ProcessEvent): bigint {
  return new Senses().of(event, seedOf(event.process));
}

/** The seed of a process's events, the same for every sighting with the same words. */
export function seedOf(
  process: Pick<Sighting, 'id' | 'arguments' | 'binary'> | undefined,
): SenseSeed {
  const id = new Hash64();
  id.addText(process?.id ?? '');
  const words = new Hash64();
  words.addText(process?.arguments ?? '');
  words.addText(process?.binary ?? '');
  return { id1: id.h1, id2: id.h2, words1: words.h1, words2: words.h2 };
}

/** 64 bits of a text: two independent 32-bit multiplicative hashes over UTF-16 units (after cyrb53), joined. */
export function hash64(text: string): bigint {
  const hash = new Hash64();
  hash.addText(text);
  return hash.end();
}

/** Finds the senses of events. */
export class Senses {
  readonly #hash = new Hash64();
  readonly #big = new BigInt64Array(1);
  readonly #halves = new Int32Array(this.#big.buffer);

  /** The sense of an event. `seed` is `seedOf(event.process)`. */
  of(event: ProcessEvent, seed: SenseSeed): bigint {
    const hash = this.#hash;
    hash.begin(seed.id1, seed.id2);
    // One label may be several kinds: a kprobe's connect and close say the same of their socket.
    hash.addText(event.kind);
    hash.addText(event.label);
    this.#addBig(event.time);
    hash.addText(event.node);
    hash.addText(event.subject ?? '');
    hash.addText(event.action ?? '');
    if ('socket' in event) this.#addSocket(event.socket);
    else if ('dns' in event) {
      hash.addNumber(event.dns.response ? 1 : 0);
      hash.addNumber(event.dns.rcode);
      hash.addTexts(event.dns.names);
      hash.addTexts(event.dns.ips);
      if (event.flow !== undefined) this.#addFlow(event.flow);
    } else if ('exit' in event) {
      hash.addNumber(event.exit.code ?? -1);
      hash.addText(event.exit.signal ?? '');
    } else if ('gap' in event) {
      hash.addText(event.gap.gap);
      hash.addNumber(event.gap.count ?? -1);
      hash.addText(event.gap.cgroup ?? '');
    } else if ('flow' in event) this.#addFlow(event.flow);
    else if ('audit' in event) {
      hash.addText(event.audit.auditId);
      hash.addText(event.audit.stage);
    } else {
      hash.addNumber(seed.words1);
      hash.addNumber(seed.words2);
    }
    if (event.alert !== undefined) {
      hash.addText(event.alert.rule);
      hash.addText(event.alert.output);
    }
    return hash.end();
  }

  #addSocket(socket: SocketDetail): void {
    const hash = this.#hash;
    hash.addText(socket.protocol);
    hash.addText(socket.sourceIp);
    hash.addNumber(socket.sourcePort);
    hash.addText(socket.destinationIp);
    hash.addNumber(socket.destinationPort);
    hash.addText(socket.cookie);
    this.#addBig(socket.bytesSent);
    this.#addBig(socket.bytesReceived);
  }

  #addFlow(flow: FlowDetail): void {
    const hash = this.#hash;
    hash.addText(flow.direction);
    hash.addText(flow.protocol);
    hash.addText(flow.sourceIp);
    hash.addNumber(flow.sourcePort);
    hash.addText(flow.destinationIp);
    hash.addNumber(flow.destinationPort);
    hash.addText(flow.cookie);
    hash.addText(flow.verdict);
    this.#addBig(flow.bytesSent);
    this.#addBig(flow.bytesReceived);
    this.#addBig(flow.end);
  }

  #addBig(value: bigint | undefined): void {
    if (value === undefined) {
      this.#hash.add32(0x10001);
      return;
    }
    this.#big[0] = value;
    this.#hash.add32(this.#halves[0] ?? 0);
    this.#hash.add32(this.#halves[1] ?? 0);
  }
}

/** The hash of values in a row, each closed by a unit of its own. */
class Hash64 {
  h1 = 0xdeadbeef | 0;
  h2 = 0x41c6ce57;

  begin(h1: number, h2: number): void {
    this.h1 = h1;
    this.h2 = h2;
  }

  addText(text: string): void {
    let { h1, h2 } = this;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      h1 = Math.imul(h1 ^ unit, 2654435761);
      h2 = Math.imul(h2 ^ unit, 1597334677);
    }
    // No UTF-16 unit has this value, so that the border between two texts cannot be moved.
    this.h1 = Math.imul(h1 ^ 0x10000, 2654435761);
    this.h2 = Math.imul(h2 ^ 0x10000, 1597334677);
  }

  addTexts(texts: readonly string[]): void {
    for (const text of texts) this.addText(text);
    this.addNumber(texts.length);
  }

  /** A whole number of at most 53 bits. */
  addNumber(value: number): void {
    this.add32(value | 0);
    this.add32(Math.floor(value / 0x100000000) | 0);
  }

  end(): bigint {
    const h1 = this.h1;
    const h2 = this.h2;
    this.h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
    this.h2 =
      Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(this.h1 ^ (this.h1 >>> 13), 3266489909);
    return (BigInt(this.h2 >>> 0) << 32n) | BigInt(this.h1 >>> 0);
  }

  /** Any 32 bits. */
  add32(value: number): void {
    // A product keeps no high bit in a low one: fold them first, or numbers that differ there alone would meet.
    const folded = value ^ (value >>> 15);
    this.h1 = Math.imul(this.h1 ^ folded, 2654435761);
    this.h2 = Math.imul(this.h2 ^ value, 1597334677);
    this.h2 ^= this.h2 >>> 15;
  }
}
