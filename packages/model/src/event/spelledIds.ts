import { type Dialect, dialectOf } from './dialects.ts';
import { floorDivide, type Nanos, nanos } from './time.ts';

/**
 * Ids for agents that give a process none. A record says what it knows of who it was (node, pid, the agent's own mark of a life,
 * when, which binary) and that is the id, as text: `falco:at:worker-2:4711:1715108059341081180:1715108060:/bin/sh`. Which
 * of these mean one process only the whole set of facts can say; the graph does (`graph/settle`). Two records with one id say
 * the same thing of the same process.
 */
export type SpelledId =
  /** A record of the exec itself: one image of one life. */
  | ({ readonly form: 'exec'; readonly time: Nanos | undefined } & SpelledLife)
  /** Seen, or named as a parent or ancestor, in this second. `time` is its beginning. */
  | ({ readonly form: 'at'; readonly time: Nanos | undefined } & SpelledLife)
  /** An ancestor known by name alone: `level` above the process of id `child`, 1 its parent. */
  | {
      readonly form: 'name';
      readonly dialect: Dialect;
      readonly level: number;
      readonly child: string;
    }
  /** No process: what happened is known of a pod, or of one container of it. */
  | {
      readonly form: 'pod';
      readonly dialect: Dialect;
      readonly namespace: string;
      readonly name: string;
      readonly container: string;
    }
  /** No process and no pod: of an address that perhaps a pod has. */
  | { readonly form: 'address'; readonly dialect: Dialect; readonly address: string }
  /** Nothing but the node. */
  | { readonly form: 'node'; readonly dialect: Dialect; readonly node: string };

/** What tells one life (a process from its fork to its end) from another. Empty and undefined: not known. */
export interface SpelledLife {
  readonly dialect: Dialect;
  readonly node: string;
  /** Leave it out where `mark` alone is unique on the node (an entity id). */
  readonly pid: number | undefined;
  /** The agent's own mark of the life, equal in all its records: a fork time in nanoseconds, an entity id. */
  readonly mark: string;
  /** Of the image, as the agent prints it: a path, or a name of up to 15 characters. */
  readonly binary: string;
}

type Spelled = Exclude<Dialect, 'tetragon'>;
type Life = Omit<SpelledLife, 'dialect'> & {
  readonly dialect: Spelled;
  readonly time: Nanos | undefined;
};

/** The id of an image whose exec a record reports; `time` is the exec's own. */
export function execIdOf(life: Life): string {
  return spell(
    life.dialect,
    'exec',
    ...lifeParts(life),
    life.time?.toString() ?? '',
    binaryIn(life),
  );
}

/** The id of a process that does something, or is named, at a moment. */
export function seenIdOf(life: Life): string {
  const { time } = life;
  const second = time === undefined ? '' : floorDivide(time, SECOND).toString();
  return spell(life.dialect, 'at', ...lifeParts(life), second, binaryIn(life));
}

/** The id of an ancestor of which only the name is known. */
export function namedIdOf(child: string, level: number): string {
  return `${dialectOf(child)}:name:${level}:${child}`;
}

/** What stands for a pod where no process is known; `container` is its name, empty for the pod. */
export function podIdOf(
  dialect: Spelled,
  namespace: string,
  name: string,
  container: string,
): string {
  return spell(dialect, 'pod', namespace, name, container);
}

/** What stands for whoever has an address. */
export function addressIdOf(dialect: Spelled, address: string): string {
  return spell(dialect, 'address', address);
}

/** What stands for a node where neither process nor pod is known. */
export function nodeIdOf(dialect: Spelled, node: string): string {
  return spell(dialect, 'node', node);
}

/** Reads what the functions above wrote; undefined for every other text, as Tetragon's ids are. Total. */
export function readSpelledId(id: string): SpelledId | undefined {
  const dialect = dialectOf(id);
  if (dialect === 'tetragon') return undefined;
  const rest = id.slice(dialect.length + 1);
  if (rest.startsWith('name:')) return readName(dialect, rest.slice('name:'.length));
  const [form = '', a = '', b = '', c = '', d = '', e = ''] = rest.split(':', MOST_PARTS);
  const count = countOf(rest);
  if (form === 'pod' && count === 4) {
    const [namespace, name, container] = [unescapePart(a), unescapePart(b), unescapePart(c)];
    return { form, dialect, namespace, name, container };
  }
  if (form === 'address' && count === 2) return { form, dialect, address: unescapePart(a) };
  if (form === 'node' && count === 2) return { form, dialect, node: unescapePart(a) };
  if ((form !== 'exec' && form !== 'at') || count !== MOST_PARTS) return undefined;
  const time = timeIn(d, form);
  if (time === 'none' || !DIGITS.test(b)) return undefined;
  return {
    form,
    dialect,
    node: unescapePart(a),
    pid: b === '' ? undefined : Number(b),
    mark: unescapePart(c),
    time,
    binary: unescapePart(e),
  };
}

/** Form, node, pid, mark, time, binary. */
const MOST_PARTS = 6;

function countOf(text: string): number {
  let count = 1;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) count += 1;
  return count;
}

/** Nanoseconds or seconds, as the form writes them; undefined: not told. `none`: no time of ours. */
function timeIn(text: string, form: 'exec' | 'at'): Nanos | undefined | 'none' {
  if (text === '') return undefined;
  if (!SIGNED.test(text)) return 'none';
  const number = BigInt(text);
  const time = form === 'at' ? number * SECOND : number;
  return BigInt.asIntN(64, time) === time ? nanos(time) : 'none';
}

// A NUL parts the words of a `processKey`.
const RESERVED = /[%:\0]/;
/** Paths are shorter; an id is not the place for a text that somebody made up. */
const LONGEST_BINARY = 512;
const SECOND = 1_000_000_000n;
const DIGITS = /^\d{0,15}$/;
const SIGNED = /^-?\d{1,20}$/;

function binaryIn({ binary }: Life): string {
  return binary.slice(0, LONGEST_BINARY);
}

function lifeParts({ node, pid, mark }: Life): [string, string, string] {
  return [node, pid?.toString() ?? '', mark];
}

function readName(dialect: Dialect, rest: string): SpelledId | undefined {
  const colon = rest.indexOf(':');
  const level = rest.slice(0, colon);
  if (colon < 1 || !/^\d{1,3}$/.test(level)) return undefined;
  return { form: 'name', dialect, level: Number(level), child: rest.slice(colon + 1) };
}

function spell(dialect: Spelled, ...parts: readonly string[]): string {
  return `${dialect}:${parts.map(escapePart).join(':')}`;
}

function escapePart(part: string): string {
  if (!RESERVED.test(part)) return part;
  return part.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll('\0', '%00');
}

function unescapePart(part: string): string {
  if (!part.includes('%')) return part;
  return part.replaceAll('%00', '\0').replaceAll('%3A', ':').replaceAll('%25', '%');
}
