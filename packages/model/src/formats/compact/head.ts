import type { Nanos } from '../../event/time.ts';
import { timeOf } from '../read.ts';
import { isEventEmoji, type Meaning, meaningOf } from './eventWords.ts';
import { wordAt } from './goText.ts';
import { repairMojibake } from './repairMojibake.ts';

/** A line of an event, taken apart as far as all lines are alike. */
export interface CompactLine {
  /** With `--timestamps`. */
  readonly time?: Nanos;
  readonly label: string;
  readonly meaning: Meaning;
  /** Undefined: the line names no process. */
  readonly origin?: ProcessWords;
  /** The rest, without spaces at its end and without the mark of capabilities. */
  readonly detail: string;
}

/** Where a process ran, and its binary. */
export interface ProcessWords {
  readonly pod?: { readonly namespace: string; readonly name: string };
  /** Empty: a pod is named, or nothing is. */
  readonly node: string;
  readonly binary: string;
}

// oxlint-disable-next-line no-control-regex -- colours are control characters
const COLOUR = /\u001b\[[0-9;]*m/g;
const SPACES = / */y;
const COLOURFUL = '\ufe0f';
const TRAILER = '🛑 CAP_SYS_ADMIN';
const LONGEST_TIME = 40;

/** Reads a line, with or without time and colours, repaired where it was read as Mac Roman; undefined: it is of no event. */
export function readLine(line: string): CompactLine | undefined {
  const bare = line.includes('\u001b') ? line.replaceAll(COLOUR, '') : line;
  const { time, rest } = takeTime(bare);
  const [emoji = ''] = rest;
  const text = isEventEmoji(emoji) ? rest : repairMojibake(rest);
  if (text === undefined) return undefined;
  // Prose has neither: with one of them the line is a program's.
  const isPrinted = time !== undefined || bare !== line;
  const read = readEvent(withoutTrailer(text), isPrinted);
  return read === undefined || time === undefined ? read : { ...read, time };
}

function takeTime(line: string): { readonly time?: Nanos; readonly rest: string } {
  const space = line.indexOf(' ');
  if (space < 1 || space > LONGEST_TIME) return { rest: line };
  const time = timeOf(line.slice(0, space));
  return time === undefined ? { rest: line } : { time, rest: line.slice(space + 1) };
}

/** It stands for 22 capabilities and not for the one it names. */
function withoutTrailer(line: string): string {
  const text = line.trimEnd();
  return text.endsWith(TRAILER) ? text.slice(0, -TRAILER.length).trimEnd() : text;
}

function readEvent(text: string, isPrinted: boolean): CompactLine | undefined {
  const [emoji = ''] = text;
  const behind = emoji.length + (text[emoji.length] === COLOURFUL ? 1 : 0);
  const from = skipSpaces(text, behind);
  const label = wordAt(text, from);
  if (from === behind) return undefined;
  const meaning = meaningOf(emoji, label.text);
  if (meaning === undefined) return undefined;
  const at = skipSpaces(text, label.end);
  const head = { label: label.text, meaning };
  if (meaning.is === 'throttle' || meaning.is === 'rate_limit') {
    return { ...head, detail: text.slice(at) };
  }
  // A kind that the printing program does not know may be of no process.
  if (at === text.length) return isUnknownKind(meaning) ? { ...head, detail: '' } : undefined;
  return readProcess(head, text, at, isPrinted);
}

function isUnknownKind(meaning: Meaning): boolean {
  return meaning.is === 'plain' && meaning.kind === 'other';
}

function readProcess(
  head: Pick<CompactLine, 'label' | 'meaning'>,
  text: string,
  at: number,
  isPrinted: boolean,
): CompactLine | undefined {
  const source = sourceAt(text, at);
  if (source === undefined) return undefined;
  const binary = wordAt(text, source.end);
  // A node may be called like any word, and so may what prose says of a process.
  if (!isPrinted && !BINARY.test(text.slice(source.end, binary.end))) return undefined;
  const { pod, node } = source;
  const origin = { node, binary: binary.text, ...(pod === undefined ? {} : { pod }) };
  return { ...head, origin, detail: text.slice(binary.end).trim() };
}

/** Agents name binaries by path; `<kernel>`, `memfd:`, `[kthread]` and nothing at all, between two spaces, occur. */
const BINARY = /^(?:$|[/<.["]|memfd:|[A-Za-z]:[\\/])/;

interface Source extends Omit<ProcessWords, 'binary'> {
  /** Where the binary begins. */
  readonly end: number;
}

const POD = /^([a-z0-9][-a-z0-9]{0,62})\/([a-z0-9][-a-z0-9.]{0,252})$/;
/** Prose quotes nothing in this place: what is quoted is what an agent was told. */
const QUOTED_POD = /^([^/]{1,253})\/([^/]{1,253})$/;
const NODE = /^[a-z0-9][-a-z0-9._]{0,252}$/i;

/** `namespace/pod`, a node, or nothing before a path. */
function sourceAt(text: string, at: number): Source | undefined {
  if (text[at] === '/') return { node: '', end: at };
  const word = wordAt(text, at);
  // Nothing in front of a line's end is no empty binary.
  if (word.end === text.length) return undefined;
  const end = word.end + 1;
  const isQuoted = word.end - at > word.text.length;
  const [, namespace, name] = (isQuoted ? QUOTED_POD : POD).exec(word.text) ?? [];
  if (namespace !== undefined && name !== undefined) {
    return { pod: { namespace, name }, node: '', end };
  }
  return isQuoted || NODE.test(word.text) ? { node: word.text, end } : undefined;
}

function skipSpaces(text: string, at: number): number {
  SPACES.lastIndex = at;
  SPACES.test(text);
  return SPACES.lastIndex;
}
