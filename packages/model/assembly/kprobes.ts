// Reads the bodies of kprobe events about files and functions, by the rules of formats/tetragon/kprobe.ts and base.ts.

import { FILE, FUNCTION, internTexts, lengthOf, POLICY, SUBJECT, WORDS } from './body.ts';
import { isWord, skipNumber } from './bytes.ts';
import { concludeFunction } from './functions.ts';
import * as key from './keys.ts';
import { IN_ARGUMENT, IN_FILE, readObject, skipValue } from './members.ts';
import { skipText } from './plain.ts';
import { readText } from './values.ts';

/** The first number among the arguments that is a mask of access; 0: none. */
let mask: i32 = 0;
/** Whether it names an action, which only reports: of others nothing is read here. */
let isReport: bool = false;
/** Whether the argument being read has had its file. */
let hasFile: bool = false;

export function beginKprobe(): void {
  mask = 0;
  isReport = false;
}

export function readOfKprobe(word: i32, at: usize, limit: usize): usize {
  switch (word) {
    case key.FUNCTION_NAME:
      return readText(FUNCTION, at, limit);
    case key.POLICY_NAME:
      return readText(POLICY, at, limit);
    case key.ARGS:
      return readArguments(at, limit);
    case key.ACTION:
      isReport = true;
      return skipReport(at, limit);
    case key.RETURN_ACTION:
      return skipReport(at, limit);
  }
  return skipValue(at, limit);
}

/** Behind the action that only reports; 0: another one. */
function skipReport(at: usize, limit: usize): usize {
  return at + 20 <= limit && isWord(at, '"KPROBE_ACTION_POST"') ? at + 20 : 0;
}

function readArguments(at: usize, limit: usize): usize {
  if (load<u8>(at) != 91) return 0;
  if (load<u8>(at + 1) == 93) return at + 2;
  let i = at + 1;
  while (i < limit) {
    hasFile = false;
    i = readObject(IN_ARGUMENT, i, limit);
    if (i == 0 || i >= limit) return 0;
    const byte = load<u8>(i);
    if (byte == 93) return i + 1;
    if (byte != 44) return 0;
    i += load<u8>(i + 1) == 32 ? 2 : 1;
  }
  return 0;
}

export function readOfArgument(word: i32, at: usize, limit: usize): usize {
  switch (word) {
    case key.FILE_ARG:
    case key.PATH_ARG:
      if (hasFile) return 0;
      hasFile = true;
      return readObject(IN_FILE, at, limit);
    case key.STRING_ARG:
      return lengthOf(WORDS) == 0 ? readText(WORDS, at, limit) : skipText(at, limit);
    case key.INT_ARG: {
      const from = load<u8>(at) == 45 ? at + 1 : at;
      const end = skipNumber(from, limit);
      if (end == from) return 0;
      const digit = <i32>load<u8>(at) - 48;
      if (mask == 0 && end == at + 1 && (digit == 2 || digit == 4)) mask = digit;
      return end;
    }
  }
  return skipValue(at, limit);
}

export function readOfFile(word: i32, at: usize, limit: usize): usize {
  if (word != key.PATH) return skipValue(at, limit);
  return lengthOf(FILE) == 0 ? readText(FILE, at, limit) : skipText(at, limit);
}

/** 1: a file was acted on; 0: it is the function alone; -1: rarer than what is read here, or no room for its texts. */
export function concludeKprobe(): i32 {
  const isFile = concludeFunction(mask, isReport);
  return isFile >= 0 && internTexts(SUBJECT, SUBJECT) ? isFile : -1;
}
