import type { JsonObject } from '../read.ts';

/** `key=value` words; keys lower case, the first of a key counts. */
export type Pairs = ReadonlyMap<string, string>;

/** Beyond this a text of the agent's is no list of pairs. */
const LONGEST = 8192;
const MOST_KEYS = 64;
const noPairs: Pairs = new Map();

/** The pairs of `Data` or `Resource`. Both separators are written, space and comma. */
export function pairsOf(text: string): Pairs {
  if (text === '') return noPairs;
  const pairs = new Map<string, string>();
  for (const word of text.slice(0, LONGEST).split(/[ ,]/)) {
    const equals = word.indexOf('=');
    if (equals < 1) continue;
    const key = word.slice(0, equals).toLowerCase();
    if (!pairs.has(key)) pairs.set(key, word.slice(equals + 1));
  }
  return pairs;
}

/** `EventData` as the text that `Data` would be; the agent splits that at spaces alone, so that a value may hold more pairs. */
export function eventDataText(eventData: JsonObject): string {
  const words: string[] = [];
  for (const [key, part] of Object.entries(eventData)) {
    if (words.length === MOST_KEYS) break;
    if (typeof part === 'string') words.push(`${key}=${part}`);
  }
  return words.join(' ');
}

/** What the agent hooked: `syscall=SYS_OPENAT` is `openat`, `lsm=FILE_OPEN` `file_open`; empty when it does not say. */
export function callOf(pairs: Pairs): string {
  const call =
    pairs.get('syscall') ?? pairs.get('kprobe') ?? pairs.get('kfunc') ?? pairs.get('lsm') ?? '';
  const name = call.toLowerCase();
  return name.startsWith('sys_') ? name.slice(4) : name;
}

/** The text behind the pair that names the hook: `userid=0` of `syscall=SYS_SETGID userid=0`. */
export function behindCall(data: string): string {
  const named = /^(?:syscall|kprobe|kfunc|lsm)=[^ ,]*[ ,]?/i.exec(data);
  return named === null ? data : data.slice(named[0].length);
}
