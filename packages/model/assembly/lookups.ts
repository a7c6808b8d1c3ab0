// Reads the bodies of DNS events, by the rules of formats/tetragon/dns.ts.

import {
  ADDRESSES,
  ASKED,
  body,
  DESTINATION,
  internTexts,
  lengthOf,
  RESOLVER,
  SOURCE,
  SUBJECT,
  setText,
  TYPES,
  textAt,
} from './body.ts';
import { find } from './bytes.ts';
import * as key from './keys.ts';
import { has, skipValue } from './members.ts';
import { skipLiteral } from './plain.ts';
import { numberEnd, readList, smallAt } from './values.ts';

const DNS_PORT: i32 = 53;
/** The list of types read last: they come in the order of their keys' numbers. */
let lastTypes: i32 = 0;

export function beginLookup(): void {
  lastTypes = 0;
}

export function readOfDns(word: i32, at: usize, limit: usize): usize {
  switch (word) {
    case key.NAMES:
      return readList(ASKED, at, limit);
    case key.IPS:
      return readList(ADDRESSES, at, limit);
    case key.QUERY_TYPES:
    case key.RESPONSE_TYPES:
    case key.QUESTION_TYPES:
    case key.ANSWER_TYPES:
      if (word < lastTypes) return 0;
      lastTypes = word;
      return readList(TYPES, at, limit);
    case key.RESPONSE:
      body.response = load<u32>(at) == 0x65757274 ? 1 : 0;
      return skipLiteral(at, limit);
    case key.RETURN_CODE:
      body.rcode = smallAt(at, limit);
      return numberEnd;
    case key.QUERY:
    case key.RCODE:
      return 0;
  }
  return skipValue(at, limit);
}

/** False: rarer than what is read here, or no room for its texts. */
export function concludeLookup(): bool {
  if (!has(key.DNS)) return false;
  if (lengthOf(ASKED) > 0) {
    const names = textAt(ASKED);
    setText(SUBJECT, names, find(10, names, names + lengthOf(ASKED)) - names);
  }
  // An answer may be printed from the resolver's end.
  const isAnswer = body.sourcePort == DNS_PORT;
  const resolver = isAnswer ? SOURCE : DESTINATION;
  setText(RESOLVER, textAt(resolver), lengthOf(resolver));
  body.resolverPort = isAnswer ? body.sourcePort : body.destinationPort;
  return (
    internTexts(SUBJECT, SUBJECT) && internTexts(ASKED, ASKED) && internTexts(ADDRESSES, RESOLVER)
  );
}
