// Reads the bodies of the usual events: known members in known spelling, each once, plain texts, plain numbers. Anything rarer is
// its caller's, who asks JSON.parse.

import { body, clearBody } from './body.ts';
import { concludeExit, readOfExit } from './exits.ts';
import { found, UNFIT } from './found.ts';
import * as key from './keys.ts';
import {
  beginKprobe,
  concludeKprobe,
  readOfArgument,
  readOfFile,
  readOfKprobe,
} from './kprobes.ts';
import { beginLookup, concludeLookup, readOfDns } from './lookups.ts';
import {
  beginMembers,
  IN_ARGUMENT,
  IN_DNS,
  IN_FILE,
  IN_POD,
  IN_SOCKET,
  IN_STATS,
  OF_EXEC,
  OF_EXIT,
  OF_KPROBE,
  OF_LOOKUP,
  OF_SOCKET,
  readMembers,
  readObject,
  readValuesBy,
  skipValue,
} from './members.ts';
import {
  concludeSocket,
  readOfPod,
  readOfSocket,
  readOfSocketBody,
  readOfStats,
} from './sockets.ts';

// The bodies by number, in the order of formats/tetragon/scanBody.ts.
export const EXEC: i32 = 0;
export const EXIT: i32 = 1;
export const SOCK_STATS: i32 = 5;
export const LOOKUP: i32 = 6;
const KPROBE: i32 = 7;
const FILE_EVENT: i32 = 8;

const LONGEST: usize = 8192;

/**
 * Reads the body of an event of that number, which stands between its processes and the brace at `end`: from the comma at `from`, or
 * nothing. `slot`: its process. 0: `body` has it, its texts are the batch's. `UNFIT`: rarer than what is read here.
 */
export function readBody(which: i32, from: usize, end: usize, slot: u32): i32 {
  clearBody();
  beginMembers();
  beginKprobe();
  beginLookup();
  body.which = which;
  body.time = found.time;
  if (from != end) {
    if (end - from > LONGEST || load<u8>(from) != 44) return UNFIT;
    const first = load<u8>(from + 1) == 32 ? from + 2 : from + 1;
    if (readMembers(contextOf(which), first, end + 1) != end + 1) return UNFIT;
  }
  return conclude(which, slot) ? 0 : UNFIT;
}

function contextOf(which: i32): i32 {
  if (which == EXEC) return OF_EXEC;
  if (which == EXIT) return OF_EXIT;
  if (which == LOOKUP) return OF_LOOKUP;
  return which == KPROBE ? OF_KPROBE : OF_SOCKET;
}

/** What follows from the members, and the texts' numbers. */
function conclude(which: i32, slot: u32): bool {
  if (which == EXEC) return true;
  if (which == EXIT) return concludeExit(slot);
  if (which == LOOKUP) return concludeLookup();
  if (which <= SOCK_STATS) return concludeSocket();
  const isFile = concludeKprobe();
  if (isFile == 1) body.which = FILE_EVENT;
  return isFile >= 0;
}

/** Reads the value of a member. Returns what stands behind it; 0: rarer than what is read here. */
function readMember(context: i32, word: i32, at: usize, limit: usize): usize {
  switch (context) {
    case IN_SOCKET:
      return readOfSocket(word, at, limit);
    case IN_STATS:
      return readOfStats(word, at, limit);
    case IN_POD:
      return readOfPod(word, at, limit);
    case IN_DNS:
      return readOfDns(word, at, limit);
    case IN_ARGUMENT:
      return readOfArgument(word, at, limit);
    case IN_FILE:
      return readOfFile(word, at, limit);
  }
  if (word == key.PROCESS || word == key.PARENT || word == key.ANCESTORS) return 0;
  switch (context) {
    case OF_SOCKET:
      return readOfSocketBody(word, at, limit);
    case OF_LOOKUP:
      if (word == key.SOCKET) return readObject(IN_SOCKET, at, limit);
      return word == key.DNS ? readObject(IN_DNS, at, limit) : skipValue(at, limit);
    case OF_KPROBE:
      return readOfKprobe(word, at, limit);
    case OF_EXIT:
      return readOfExit(word, at, limit);
  }
  // An exec may tell of its policy.
  return word == key.POLICY_NAME || word == key.ACTION || word == key.RETURN_ACTION
    ? 0
    : skipValue(at, limit);
}

readValuesBy(readMember);
