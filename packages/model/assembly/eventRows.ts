// The row of an event whose body was read last, and that of its details.

import {
  batch,
  EVENT,
  EXIT as EXITS,
  LOOKUP as LOOKUPS,
  SOCKET as SOCKETS,
  set8,
  set32,
  set64,
  setDouble,
} from './batch.ts';
import { EXEC, EXIT, LOOKUP, SOCK_STATS } from './bodies.ts';
import {
  ADDRESSES,
  ASKED,
  Body,
  body,
  COOKIE,
  DESTINATION,
  END_SIGNAL,
  EVIDENCE,
  LABELS,
  numberOf,
  PEER_NAME,
  PEER_NAMESPACE,
  PEER_WORKLOAD,
  PROTOCOL,
  RESOLVER,
  SOURCE,
  SUBJECT,
  TYPES,
} from './body.ts';
import { senseBody } from './bodySense.ts';
import { eventKindOf, labelOf } from './kinds.ts';
import { idOf } from './processes.ts';

/** Adds the event of a process in a slot, in a row of records. Its process has a number in the batch. */
export function addEvent(record: i32, node: i32, cluster: i32, slot: i32): void {
  const which = body.which;
  senseBody(slot, node);
  const row = batch.events++;
  set32(EVENT, row, record);
  set8(EVENT + 1, row, eventKindOf(which));
  set32(EVENT + 2, row, labelOf(which));
  set64(EVENT + 3, row, body.time);
  set32(EVENT + 4, row, cluster);
  set32(EVENT + 5, row, node);
  set32(EVENT + 6, row, idOf(slot));
  set32(EVENT + 7, row, numberOf(SUBJECT));
  set64(EVENT + 8, row, senseOf());
  if (which == EXIT) addExit(row);
  else if (which == LOOKUP) addLookup(row);
  else if (which != EXEC && which <= SOCK_STATS) addSocket(row);
}

/** The two halves of the sense, the lower one first. */
function senseOf(): i64 {
  return load<i64>(changetype<usize>(body) + offsetof<Body>('sense1'));
}

function addExit(event: i32): void {
  const row = batch.exits++;
  set32(EXITS, row, event);
  setDouble(EXITS + 1, row, body.code < 0 ? NaN : <f64>body.code);
  set32(EXITS + 2, row, numberOf(END_SIGNAL));
}

function addLookup(event: i32): void {
  const row = batch.lookups++;
  set32(LOOKUPS, row, event);
  set8(LOOKUPS + 1, row, body.response);
  set32(LOOKUPS + 2, row, body.rcode);
  set32(LOOKUPS + 3, row, numberOf(ASKED));
  set32(LOOKUPS + 4, row, numberOf(ADDRESSES));
  set32(LOOKUPS + 5, row, numberOf(TYPES));
  set32(LOOKUPS + 6, row, numberOf(RESOLVER));
  set32(LOOKUPS + 7, row, body.resolverPort);
}

function addSocket(event: i32): void {
  const row = batch.sockets++;
  set32(SOCKETS, row, event);
  set32(SOCKETS + 1, row, numberOf(PROTOCOL));
  set32(SOCKETS + 2, row, numberOf(SOURCE));
  set32(SOCKETS + 3, row, body.sourcePort);
  set32(SOCKETS + 4, row, numberOf(DESTINATION));
  set32(SOCKETS + 5, row, body.destinationPort);
  set32(SOCKETS + 6, row, numberOf(COOKIE));
  set64(SOCKETS + 7, row, body.bytesSent);
  set64(SOCKETS + 8, row, body.bytesReceived);
  set32(SOCKETS + 9, row, numberOf(LABELS));
  set32(SOCKETS + 10, row, numberOf(EVIDENCE));
  set32(SOCKETS + 11, row, numberOf(PEER_NAMESPACE));
  set32(SOCKETS + 12, row, numberOf(PEER_NAME));
  set32(SOCKETS + 13, row, numberOf(PEER_WORKLOAD));
}
