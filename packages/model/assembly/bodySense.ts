// The sense of the event whose body was read last, as SenseColumn of event/sense.ts says it.

import { EXEC, EXIT, LOOKUP, SOCK_STATS } from './bodies.ts';
import {
  ADDRESSES,
  ASKED,
  body,
  COOKIE,
  DESTINATION,
  END_SIGNAL,
  lengthOf,
  PROTOCOL,
  SOURCE,
  SUBJECT,
  textAt,
} from './body.ts';
import { kindAt } from './kinds.ts';
import { knownAt } from './known.ts';
import {
  add32,
  addLines,
  addLong,
  addNumber,
  addText,
  endHash,
  h1,
  h2,
  resumeHash,
} from './sense.ts';
import { textFrom, textLength } from './strings.ts';

const ABSENT: i32 = 0x10001;

/** Puts the sense into `body`. `slot`: the event's process; `node`: the number of its node's name, which is ASCII, in the batch. */
export function senseBody(slot: u32, node: i32): void {
  const known = knownAt(slot);
  const which = body.which;
  const kind = kindAt(which);
  resumeHash(known.id1, known.id2);
  addText(kind.wordAt, kind.wordLength);
  addText(kind.labelAt, kind.labelLength);
  addLong(body.time);
  addText(textFrom(node), textLength(node));
  addOf(SUBJECT);
  // No action: those that intervened are read by others.
  addText(0, 0);
  if (which == EXIT) {
    addNumber(body.code);
    addOf(END_SIGNAL);
  } else if (which == LOOKUP) {
    addNumber(body.response);
    addNumber(body.rcode);
    addLines(textAt(ASKED), lengthOf(ASKED));
    addLines(textAt(ADDRESSES), lengthOf(ADDRESSES));
  } else if (which != EXEC && which <= SOCK_STATS) {
    addOf(PROTOCOL);
    addOf(SOURCE);
    addNumber(body.sourcePort);
    addOf(DESTINATION);
    addNumber(body.destinationPort);
    addOf(COOKIE);
    addCounter(body.bytesSent);
    addCounter(body.bytesReceived);
  } else {
    addNumber(known.words1);
    addNumber(known.words2);
  }
  endHash();
  body.sense1 = h1;
  body.sense2 = h2;
}

function addOf(text: usize): void {
  addText(textAt(text), lengthOf(text));
}

function addCounter(value: i64): void {
  if (value < 0) add32(ABSENT);
  else addLong(value);
}
