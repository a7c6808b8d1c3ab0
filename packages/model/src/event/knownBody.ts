import type { Arena } from '../arena/arena.ts';
import {
  type EventKind,
  nameEvidences,
  type ProcessEvent,
  type SocketDetail,
  socketKinds,
} from './event.ts';
import { splitLines } from './rowLists.ts';

/** What an event says beside its processes and its body. */
export type EventHead = Pick<ProcessEvent, 'dialect' | 'label' | 'time' | 'cluster' | 'node'> & {
  readonly kind: EventKind;
};

/** Bytes of a body in the arena, and the indexes of its fields: assembly/body.ts. */
const SIZE = 292;
/** Numbers of 64 bits that it begins with. */
const LONGS = 3;
const int = {
  timeLow: 0,
  timeHigh: 1,
  sentLow: 2,
  sentHigh: 3,
  receivedLow: 4,
  receivedHigh: 5,
  sense1: 6,
  sense2: 7,
  which: 8,
  sourcePort: 9,
  destinationPort: 10,
  response: 11,
  rcode: 12,
  code: 13,
  resolverPort: 14,
} as const;
/** Of each text begin, length and number in the batch. */
const text = {
  subject: 16,
  protocol: 19,
  sourceIp: 22,
  destinationIp: 25,
  cookie: 28,
  names: 31,
  nameEvidence: 34,
  peerNamespace: 37,
  peerName: 40,
  peerWorkload: 43,
  ips: 46,
  types: 49,
  resolverIp: 52,
  signal: 55,
  policy: 58,
  /** The names that a lookup asks for; those of a socket are others. */
  asked: 61,
} as const;
type BodyText = keyof typeof text;
type BodyNumber = keyof typeof int;

interface BodyCode {
  bodyAt(): number;
  bodySize(): number;
  addEvent(record: number, node: number, cluster: number, slot: number): void;
}

const utf8 = new TextDecoder();

/**
 * What the body of an event says that compiled code has read: numbers, and texts that have numbers in the stream's batch. One per
 * stream; it holds until the stream's next record.
 */
export class KnownBody {
  readonly #arena: Arena;
  readonly #code: BodyCode;
  readonly #ints: Int32Array;
  readonly #counters: BigInt64Array;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#code = arena.codeAs<BodyCode>();
    if (this.#code.bodySize() !== SIZE) throw new Error('assembly/body.ts has another layout');
    const at = this.#code.bodyAt();
    this.#ints = new Int32Array(arena.memory.buffer, at, SIZE / 4);
    this.#counters = new BigInt64Array(arena.memory.buffer, at, LONGS);
  }

  /** A number, or the half of one, as 32 bits. */
  numberOf(name: BodyNumber): number {
    return this.#ints[int[name]] ?? 0;
  }

  /**
   * Adds the event to the batch, in a row of its records. `slot`: its process, whose id has a number in the batch; node and cluster are
   * numbers of the batch's strings.
   */
  addTo(record: number, node: number, cluster: number, slot: number): void {
    this.#code.addEvent(record, node, cluster, slot);
  }

  /** The event as an object, but for its processes. */
  eventOf(head: EventHead): ProcessEvent {
    const subject = this.#textOf('subject');
    const policy = this.#textOf('policy');
    const base = {
      ...head,
      ancestors: [],
      ...(subject === '' ? {} : { subject }),
      ...(policy === '' ? {} : { policy }),
    };
    const { kind } = head;
    if (kind === 'exit') return { ...base, kind, exit: this.#exit() };
    if (kind === 'dns') return { ...base, kind, dns: this.#dns() };
    for (const socketKind of socketKinds) {
      if (socketKind === kind) return { ...base, kind: socketKind, socket: this.#socket() };
    }
    if (kind === 'exec' || kind === 'file' || kind === 'kprobe') return { ...base, kind };
    throw new Error(`no body is read of an event of kind ${kind}`);
  }

  #textOf(name: BodyText): string {
    const at = this.#ints[text[name]] ?? 0;
    return utf8.decode(this.#arena.bytes.subarray(at, at + (this.#ints[text[name] + 1] ?? 0)));
  }

  #exit(): { readonly code?: number; readonly signal?: string } {
    const code = this.numberOf('code');
    const signal = this.#textOf('signal');
    return { ...(code < 0 ? {} : { code }), ...(signal === '' ? {} : { signal }) };
  }

  #dns() {
    return {
      response: this.numberOf('response') === 1,
      rcode: this.numberOf('rcode'),
      names: splitLines(this.#textOf('asked')),
      ips: splitLines(this.#textOf('ips')),
      types: splitLines(this.#textOf('types')),
      resolverIp: this.#textOf('resolverIp'),
      resolverPort: this.numberOf('resolverPort'),
    };
  }

  #socket(): SocketDetail {
    const bytesSent = this.#counters[int.sentLow / 2] ?? -1n;
    const bytesReceived = this.#counters[int.receivedLow / 2] ?? -1n;
    const nameEvidence = nameEvidences.find((name) => name === this.#textOf('nameEvidence'));
    const name = this.#textOf('peerName');
    const workload = this.#textOf('peerWorkload');
    const peerPod = {
      namespace: this.#textOf('peerNamespace'),
      name,
      ...(workload === '' ? {} : { workload }),
    };
    return {
      protocol: this.#textOf('protocol'),
      sourceIp: this.#textOf('sourceIp'),
      sourcePort: this.numberOf('sourcePort'),
      destinationIp: this.#textOf('destinationIp'),
      destinationPort: this.numberOf('destinationPort'),
      cookie: this.#textOf('cookie'),
      ...(bytesSent < 0n ? {} : { bytesSent }),
      ...(bytesReceived < 0n ? {} : { bytesReceived }),
      names: splitLines(this.#textOf('names')),
      ...(nameEvidence === undefined ? {} : { nameEvidence }),
      ...(name === '' ? {} : { peerPod }),
    };
  }
}
