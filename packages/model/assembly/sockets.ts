// Reads the bodies of events of sockets, by the rules of formats/tetragon/socket.ts.

import {
  body,
  COOKIE,
  DESTINATION,
  EVIDENCE,
  internTexts,
  LABELS,
  lengthOf,
  PEER_NAME,
  PEER_NAMESPACE,
  PEER_WORKLOAD,
  PROTOCOL,
  SOURCE,
  setText,
  textAt,
} from './body.ts';
import * as key from './keys.ts';
import {
  has,
  IN_POD,
  IN_SOCKET,
  IN_STATS,
  keyAt,
  keyLength,
  readObject,
  skipValue,
} from './members.ts';
import { isUpper, numberIn, skipDigits } from './plain.ts';
import { numberEnd, readList, readLower, readText, smallAt } from './values.ts';

export function readOfSocketBody(word: i32, at: usize, limit: usize): usize {
  if (word == key.SOCKET) return readObject(IN_SOCKET, at, limit);
  if (word != key.STATS) return readOfSocket(word, at, limit);
  // The message is there: a counter left out is 0.
  body.bytesSent = 0;
  body.bytesReceived = 0;
  return readObject(IN_STATS, at, limit);
}

export function readOfSocket(word: i32, at: usize, limit: usize): usize {
  switch (word) {
    case key.SOURCE_IP:
      return readLower(SOURCE, at, limit);
    case key.DESTINATION_IP:
      return readLower(DESTINATION, at, limit);
    case key.SOURCE_PORT:
      body.sourcePort = smallAt(at, limit);
      return numberEnd;
    case key.DESTINATION_PORT:
      body.destinationPort = smallAt(at, limit);
      return numberEnd;
    case key.SOCK_COOKIE:
      return readText(COOKIE, at, limit);
    case key.PROTOCOL: {
      const end = readText(PROTOCOL, at, limit);
      // Neither `UNKNOWN`, nor the kernel's name, nor a number.
      return lengthOf(PROTOCOL) <= 4 && isUpper(textAt(PROTOCOL), lengthOf(PROTOCOL)) ? end : 0;
    }
    case key.DESTINATION_NAMES: {
      const evidence = keyAt;
      const length = keyLength;
      const end = readList(LABELS, at, limit);
      if (lengthOf(LABELS) > 0) setText(EVIDENCE, evidence, length);
      return end;
    }
    case key.DESTINATION_POD:
      return readObject(IN_POD, at, limit);
  }
  return skipValue(at, limit);
}

export function readOfStats(word: i32, at: usize, limit: usize): usize {
  if (word != key.BYTES_SENT && word != key.BYTES_RECEIVED) return skipValue(at, limit);
  const end = skipDigits(at + 1, limit);
  if (load<u8>(at) != 34 || end == 0 || load<u8>(end) != 34 || end - at > 19) return 0;
  const value = numberIn(at + 1, end);
  if (word == key.BYTES_SENT) body.bytesSent = value;
  else body.bytesReceived = value;
  return end + 1;
}

export function readOfPod(word: i32, at: usize, limit: usize): usize {
  switch (word) {
    case key.NAME:
      return readText(PEER_NAME, at, limit);
    case key.NAMESPACE:
      return readText(PEER_NAMESPACE, at, limit);
    case key.WORKLOAD:
      return readText(PEER_WORKLOAD, at, limit);
  }
  return skipValue(at, limit);
}

/** False: rarer than what is read here, or no room for its texts. */
export function concludeSocket(): bool {
  const isFlat = has(key.SOURCE_IP) || has(key.DESTINATION_IP);
  // Both at once, or parts of one beside the other: rare.
  if (has(key.SOCKET)) {
    if (isFlat || has(key.SOURCE_PORT) || has(key.DESTINATION_PORT) || has(key.SOCK_COOKIE))
      return false;
    if (has(key.PROTOCOL) || has(key.DESTINATION_NAMES) || has(key.DESTINATION_POD)) return false;
  } else if (!isFlat) return false;
  // A pod without a name is none.
  if (lengthOf(PEER_NAME) == 0) {
    setText(PEER_NAMESPACE, 0, 0);
    setText(PEER_WORKLOAD, 0, 0);
  }
  return internTexts(PROTOCOL, PEER_WORKLOAD);
}
