import type { Content } from '../envelopes/envelope.ts';
import { type Claims, type Found, type Unwrapped, unwrap } from '../envelopes/unwrap.ts';
import { labelOf } from '../event/dialects.ts';
import type { ProcessEvent } from '../event/event.ts';
import { detectFormat, detectText, formatsLike } from '../formats/detect.ts';
import type { Decoded, Format, Origin } from '../formats/format.ts';
import { parseLossless } from '../formats/losslessJson.ts';
import { oneLine } from '../formats/read.ts';
import { skipReason } from '../framing/noise.ts';
import { encodeText } from '../framing/text.ts';
import type { RecordDecoders } from './recordDecoders.ts';
import type { Quarantined, SettledRead, SkippedRead, UnwrappedRead } from './recordRead.ts';

/** A record that no format claims, and how to read it. */
export interface Enveloped {
  readonly content: Content;
  readonly origin: Origin;
  readonly decoders: RecordDecoders;
  /** The content parsed so that numbers keep their digits; undefined: it cannot be. */
  readonly lossless: () => Content | undefined;
}

/**
 * Reads the records that lie in an envelope; undefined: it is none. Their events follow one another. One that is not understood among
 * others that are is an event as well, so that nothing is lost that nobody is told of.
 */
export class EnvelopeReader {
  readonly #formats: readonly Format[];
  readonly #claims: Claims;

  constructor(formats: readonly Format[]) {
    this.#formats = formats;
    this.#claims = {
      value: (value) => detectFormat(value, formats).kind !== 'unknown',
      text: (line) => detectText(line, formats).kind !== 'unknown',
    };
  }

  read({ content, origin, decoders, lossless }: Enveloped): SettledRead | undefined {
    const unwrapped = unwrap(content, origin, { claims: this.#claims, parse });
    if (unwrapped === undefined) return undefined;
    const parts = unwrapped.imprecise ? undefined : this.#parts(unwrapped, decoders, false);
    if (parts !== undefined) return readOf(parts);
    const exact = lossless();
    const again = exact && unwrap(exact, origin, { claims: this.#claims, parse: parseLossless });
    const exactParts = again && this.#parts(again, decoders, true);
    return exactParts === undefined ? imprecise : readOf(exactParts);
  }

  /** What became of each; undefined: of one a number has to be read again. */
  #parts(
    { found }: Unwrapped,
    decoders: RecordDecoders,
    isExact: boolean,
  ): readonly Part[] | undefined {
    const parts: Part[] = [];
    for (const one of found) {
      const part = this.#part(one, decoders);
      if (!isExact && part.read.kind === 'quarantined' && part.read.reason === imprecise.reason) {
        return undefined;
      }
      parts.push(part);
    }
    return parts;
  }

  #part(one: Found, decoders: RecordDecoders): Part {
    const { origin } = one;
    switch (one.kind) {
      case 'noise': {
        const reason = skipReason(encodeText(one.text));
        return { read: { kind: 'skipped', reason, format: undefined }, origin, sample: '' };
      }
      case 'unread': {
        const near = formatsLike(one.value, this.#formats);
        const read: Quarantined = { kind: 'quarantined', reason: one.reason, near };
        return { read, origin, sample: one.sample };
      }
      case 'text': {
        const detected = detectText(one.text, this.#formats);
        const read =
          detected.kind === 'format'
            ? partOf(decoders.decodeText(detected.format, one.text, origin), detected.format)
            : ambiguous(detected);
        return { read, origin, sample: one.text };
      }
      case 'value': {
        const detected = detectFormat(one.value, this.#formats);
        const read =
          detected.kind === 'format'
            ? partOf(decoders.of(detected.format).decode(one.value, origin), detected.format)
            : ambiguous(detected);
        return { read, origin, sample: keysOf(one.value) };
      }
    }
  }
}

const imprecise: Quarantined = { kind: 'quarantined', reason: 'imprecise_number', near: [] };

/** What became of one record in an envelope. */
interface Part {
  readonly read: UnwrappedRead | SkippedRead | Quarantined;
  readonly origin: Origin;
  readonly sample: string;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function partOf(decoded: Decoded, { id }: Format): Part['read'] {
  switch (decoded.kind) {
    case 'events':
      return { kind: 'unwrapped', events: decoded.events, formats: [id] };
    case 'skipped':
      return { kind: 'skipped', reason: decoded.reason, format: id };
    case 'rejected':
      return { kind: 'quarantined', reason: decoded.reason, near: [id] };
    case 'imprecise':
      return { ...imprecise, near: [id] };
  }
}

function ambiguous(detected: ReturnType<typeof detectFormat>): Quarantined {
  const near = detected.kind === 'ambiguous' ? detected.ids : [];
  return { kind: 'quarantined', reason: 'ambiguous_format', near };
}

/** What the record as a whole is: decoded if one in it was, else not understood if one was not, else skipped. */
function readOf(parts: readonly Part[]): SettledRead {
  const reads = parts.map(({ read }) => read);
  if (reads.some(({ kind }) => kind === 'unwrapped')) return unwrappedOf(parts);
  const refused = reads.find((read) => read.kind === 'quarantined');
  if (refused !== undefined) return refused;
  const skipped = reads.find((read) => read.kind === 'skipped');
  return skipped ?? { kind: 'skipped', reason: 'empty_envelope', format: undefined };
}

function unwrappedOf(parts: readonly Part[]): UnwrappedRead {
  const formats = new Set<string>();
  const events: ProcessEvent[] = [];
  for (const [index, part] of parts.entries()) {
    const { read } = part;
    if (read.kind === 'unwrapped') {
      for (const format of read.formats) formats.add(format);
      for (const event of read.events) events.push(event);
    } else if (read.kind === 'quarantined') {
      events.push(unreadEvent(part, read, `${index + 1} of ${parts.length}`));
    }
  }
  return { kind: 'unwrapped', events, formats: [...formats] };
}

const SAMPLE = 160;

/** That a record among others in an envelope was not understood: which, why, and how it begins. */
function unreadEvent(
  { origin, sample }: Part,
  { reason }: Quarantined,
  which: string,
): ProcessEvent {
  const { time, cluster, node = '' } = origin;
  const begin = oneLine(sample.slice(0, SAMPLE));
  return {
    dialect: 'envelope',
    kind: 'other',
    label: labelOf('envelope', 'unread'),
    node,
    ancestors: [],
    subject: `record ${which} in its envelope, ${reason}${begin === '' ? '' : `: ${begin}`}`,
    ...(time === undefined ? {} : { time }),
    ...(cluster === undefined ? {} : { cluster }),
  };
}

/** A value by its keys: it may be large. */
function keysOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  return `{${Object.keys(value).slice(0, 12).join(', ')}}`;
}
