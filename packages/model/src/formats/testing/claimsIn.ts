import { contentOf } from '../../envelopes/envelope.ts';
import { type Claims, unwrap } from '../../envelopes/unwrap.ts';
import type { Framed } from '../../framing/framed.ts';
import { createFramer } from '../../framing/framer.ts';
import { splitRecord } from '../../framing/splitRecord.ts';
import { decodeText, parseJson } from '../../framing/text.ts';
import type { Format } from '../format.ts';

/** Who claims one record of a file, envelopes taken off. */
export interface Claim {
  /** Where the record's line begins, from 1; of an envelope all its records are there. */
  readonly line: number;
  /** The ids of all formats that say yes; of a record that nobody can read, why it is none. */
  readonly ids: readonly string[];
  readonly sample: string;
}

/** Every record of a file, and every format that says yes to it: one for each, if detection is exclusive. */
export function claimsIn(file: Uint8Array, formats: readonly Format[]): readonly Claim[] {
  const ofValue = (value: unknown) => idsOf(formats.filter(({ sniff }) => sniff(value)));
  const ofText = (text: string) =>
    idsOf(formats.filter(({ sniff, sniffText }) => sniffText?.(text) === true || sniff(text)));
  const claims: Claims = {
    value: (value) => ofValue(value).length > 0,
    text: (text) => ofText(text).length > 0,
  };
  const found: Claim[] = [];
  const add = (line: number, ids: readonly string[], sample: string) =>
    found.push({ line, ids, sample: sample.slice(0, 100) });
  const framer = createFramer({
    claimText: (line) => (claims.text(decodeText(line)) ? decodeText(line) : undefined),
  });
  const take = (piece: Framed): void => {
    if (piece.kind === 'text') add(piece.line, ofText(piece.text), piece.text);
    if (piece.kind === 'unreadable') add(piece.line, [], `${piece.reason}: ${piece.sample}`);
    if (piece.kind !== 'record') return;
    const { line, bytes } = piece;
    const value = parseJson(bytes);
    if (value === undefined) {
      for (const part of splitRecord(piece)) {
        if (part.kind !== 'record' || part.bytes.length < bytes.length) take(part);
      }
      return;
    }
    const parse = (text: string) => parseJson(new TextEncoder().encode(text));
    const ids = ofValue(value);
    const unwrapped =
      ids.length > 0 ? undefined : unwrap(contentOf(value), { path: '' }, { claims, parse });
    if (unwrapped === undefined) add(line, ids, decodeText(bytes));
    for (const one of unwrapped?.found ?? []) {
      if (one.kind === 'value') add(line, ofValue(one.value), decodeText(bytes));
      else if (one.kind === 'text') add(line, ofText(one.text), one.text);
      else if (one.kind === 'unread') add(line, [], `${one.reason}: ${one.sample}`);
    }
  };
  framer.push(file, take);
  framer.end(take);
  return found;
}

function idsOf(formats: readonly Format[]): readonly string[] {
  return formats.map(({ id }) => id);
}
