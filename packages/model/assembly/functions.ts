// What a kernel function did to which file, by the table that formats/tetragon/scanBody.ts lays here from the rules of
// formats/tetragon/fileFunctions.ts; and the subject of its event.

import {
  extend,
  extendWith,
  FILE,
  FUNCTION,
  lengthOf,
  POLICY,
  SUBJECT,
  textAt,
  WORDS,
} from './body.ts';
import { isSame, isWord } from './bytes.ts';

/** One behind the other: lengths of name and verb in a byte each, name, verb. */
let table: usize = 0;
let tableEnd: usize = 0;
/** The function found last: logs are of few. */
let last: usize = 0;

export function configureFunctions(at: usize, length: i32): void {
  table = at;
  tableEnd = at + length;
  last = at;
}

/** A verb of these lengths is none: the function is about a connection, or what it did stands in its mask. */
const CONNECTION: u8 = 255;
const BY_MASK: u8 = 254;

/** The arguments said of the access: 0 nothing, or what the kernel's mask is. */
const WRITE = 2;
const READ = 4;

/** A function of the table whose name it is; 0: none. */
function entryOf(at: usize, length: usize): usize {
  if (isEntry(last, at, length)) return last;
  for (let i = table; i < tableEnd; ) {
    if (isEntry(i, at, length)) {
      last = i;
      return i;
    }
    const verb = load<u8>(i, 1);
    i += 2 + <usize>load<u8>(i) + (verb >= BY_MASK ? 0 : <usize>verb);
  }
  return 0;
}

function isEntry(entry: usize, at: usize, length: usize): bool {
  return <usize>load<u8>(entry) == length && isSame(entry + 2, at, length);
}

/** Behind the architecture that the name of a syscall carries; 0: perhaps another one. */
function bareFrom(at: usize, length: usize): usize {
  if (length < 2 || load<u16>(at) != 0x5f5f) return at;
  if (length > 6 && isWord(at, '__x64_')) return at + 6;
  return length > 8 && isWord(at, '__arm64_') ? at + 8 : 0;
}

/**
 * Composes the subject from function, file, mask, first text among the arguments, and policy with whether it reports. 1: a file
 * was acted on; 0: it is the function alone; -1: rarer than what is read here.
 */
export function concludeFunction(mask: i32, isReport: bool): i32 {
  const name = textAt(FUNCTION);
  const length = lengthOf(FUNCTION);
  const bare = bareFrom(name, length);
  if (length == 0 || length > 200 || bare == 0) return -1;
  const entry = entryOf(bare, length - (bare - name));
  let file = FILE;
  let isFile = entry != 0;
  if (isFile) {
    if (load<u8>(entry, 1) == CONNECTION) return -1;
    if (lengthOf(FILE) == 0 && isWord(bare, 'sys_')) file = WORDS;
    isFile = lengthOf(file) > 0;
  }
  if (isFile) {
    if (!addVerb(entry, mask) || !extend(SUBJECT, textAt(file), lengthOf(file))) return -1;
  } else if (!extend(SUBJECT, name, length)) return -1;
  if (lengthOf(POLICY) > 0) {
    if (!extendWith(SUBJECT, ' · policy ')) return -1;
    if (!extend(SUBJECT, textAt(POLICY), lengthOf(POLICY))) return -1;
    if (isReport && !extendWith(SUBJECT, ', action POST')) return -1;
  }
  return isFile ? 1 : 0;
}

function addVerb(entry: usize, mask: i32): bool {
  const length = load<u8>(entry, 1);
  if (length == BY_MASK) {
    if (mask == WRITE) return extendWith(SUBJECT, 'write ');
    return extendWith(SUBJECT, mask == READ ? 'read ' : 'access ');
  }
  const verb = entry + 2 + <usize>load<u8>(entry);
  return extend(SUBJECT, verb, <usize>length) && extendWith(SUBJECT, ' ');
}
