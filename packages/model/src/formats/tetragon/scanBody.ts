import type { EventKind } from '../../event/event.ts';
import { kindNumberOf } from '../../event/factBatchBuilder.ts';
import { KnownBody } from '../../event/knownBody.ts';
import { Trait } from '../../event/traits.ts';
import { fileVerbs } from './fileFunctions.ts';
import { type EventKey, eventKeyOf } from './kinds.ts';
import { connectionFunctions } from './kprobe.ts';
import { rankByRole, traitsIn } from './process.ts';
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
/** Bytes of a kind in the arena, and the indexes of its fields behind its words: assembly/kinds.ts. */
const KIND_BYTES = 48;
const int = { event: 4, rank: 5, traits: 6, unless: 7, taken: 10 } as const;

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
  readonly #taken: { readonly label: string; readonly numbers: Int32Array }[] = [];

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

  /** Says how many records of each label have been taken with their lines since the last call. */
  takeCounts(tell: (label: string, count: number) => void): void {
    for (const { label, numbers } of this.#taken) {
      const count = numbers[int.taken] ?? 0;
      numbers[int.taken] = 0;
      if (count > 0) tell(label, count);
    }
  }

  #layKinds(): void {
    const { arena, code } = this.#scan;
    if (code.kindSize() !== KIND_BYTES) throw new Error('assembly/kinds.ts has another layout');
    const at = arena.reserve(bodies.length * KIND_BYTES);
    for (const [index, [kind, label]] of bodies.entries()) {
      const numbers = new Int32Array(arena.memory.buffer, at + index * KIND_BYTES, KIND_BYTES / 4);
      const isKey = bodies.findIndex(([, other]) => other === label) === index;
      const role = eventKeyOf(label)?.role ?? 'own';
      numbers.set([...this.#lay(kind), ...this.#lay(label)]);
      numbers[int.event] = kindNumberOf(kind);
      numbers[int.rank] = isKey ? rankByRole[role] : 0;
      numbers[int.traits] = traitsIn(role, 0);
      numbers[int.unless] = traitsIn(role, Trait.procfs) === Trait.procfs ? Trait.procfs : 0;
      if (isKey) this.#taken.push({ label, numbers });
    }
    code.configureKinds(at, bodies.length);
  }

  /** Where a word lies and how long it is. */
  #lay(word: string): readonly [at: number, length: number] {
    const { arena } = this.#scan;
    const bytes = toUtf8.encode(word);
    const at = arena.reserve(bytes.length);
    arena.bytes.set(bytes, at);
    return [at, bytes.length];
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
