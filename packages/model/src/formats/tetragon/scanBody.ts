import type { EventKind } from '../../event/event.ts';
import { KnownBody } from '../../event/knownBody.ts';
import { fileVerbs } from './fileFunctions.ts';
import type { EventKey } from './kinds.ts';
import { connectionFunctions } from './kprobe.ts';
import type { ScanArena } from './scanArena.ts';

/** The bodies that compiled code reads, by their number in assembly/bodies.ts: the event's kind and its label. */
const bodies: readonly (readonly [kind: EventKind, label: string])[] = [
  ['exec', 'process_exec'],
  ['exit', 'process_exit'],
  ['connect', 'process_connect'],
  ['accept', 'process_accept'],
  ['close', 'process_close'],
  ['sock_stats', 'process_sock_stats'],
  ['dns', 'process_dns'],
  ['kprobe', 'process_kprobe'],
  // What a kprobe's turns out to be.
  ['file', 'process_kprobe'],
];
/** In place of a verb's length: assembly/functions.ts. */
const CONNECTION = 255;
const BY_MASK = 254;
const KIND_BYTES = 16;

const toUtf8 = new TextEncoder();

/** The number of the body that events of a key have; -1: `JSON.parse` reads it. */
export function bodyNumberOf(key: EventKey): number {
  return bodies.findIndex(([, label]) => label === key.label);
}

/** Reads the bodies of usual events from bytes, without parsing them. */
export class BodyScanner {
  /** What the body read last says. */
  readonly body: KnownBody;
  readonly #scan: ScanArena;

  constructor(scan: ScanArena) {
    this.#scan = scan;
    this.body = new KnownBody(scan.arena);
    this.#layKinds();
    this.#layFunctions();
  }

  /**
   * The kind of the event of a number whose body stands in [from, end), between its processes and the brace that closes it;
   * undefined for what is rarer. `process`: its slot.
   */
  read(number: number, from: number, end: number, process: number): EventKind | undefined {
    if (this.#scan.code.readBody(number, from, end, process) < 0) return undefined;
    return bodies[this.body.numberOf('which')]?.[0];
  }

  #layKinds(): void {
    const { arena, code } = this.#scan;
    const at = arena.reserve(bodies.length * KIND_BYTES);
    const places = new Uint32Array(arena.memory.buffer, at, bodies.length * (KIND_BYTES / 4));
    let next = 0;
    for (const word of bodies.flat()) {
      const bytes = toUtf8.encode(word);
      const place = arena.reserve(bytes.length);
      arena.bytes.set(bytes, place);
      places[next] = place;
      places[next + 1] = bytes.length;
      next += 2;
    }
    code.configureKinds(at);
  }

  #layFunctions(): void {
    const { arena, code } = this.#scan;
    const parts: number[] = [];
    const lay = (name: string, verb: string, verbLength = verb.length): void => {
      parts.push(name.length, verbLength, ...toUtf8.encode(name + verb));
    };
    lay('security_file_permission', '', BY_MASK);
    for (const [name, verb] of fileVerbs) lay(name, verb);
    for (const name of connectionFunctions) lay(name, '', CONNECTION);
    const at = arena.reserve(parts.length);
    arena.bytes.set(parts, at);
    code.configureFunctions(at, parts.length);
  }
}
