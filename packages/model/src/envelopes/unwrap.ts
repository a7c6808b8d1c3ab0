import { findDuplicateKey } from '../formats/duplicateKey.ts';
import type { Origin } from '../formats/format.ts';
import { isObject, type JsonObject, type Precision } from '../formats/read.ts';
import { cloudEvents } from './cloudEvents.ts';
import { collector } from './collector.ts';
import { docker } from './docker.ts';
import { elasticsearch } from './elasticsearch.ts';
import { type Content, contentOf, type Enclosed, type Envelope, type Opened } from './envelope.ts';
import { falcosidekick } from './falcosidekick.ts';
import { loki } from './loki.ts';
import { within } from './origin.ts';
import { otlp } from './otlp.ts';
import { bareLine, stripPrefix } from './prefixes.ts';
import { splunk } from './splunk.ts';

/** Every envelope we open. The first that knows a value opens it: those that look for more come before those that look for less. */
const envelopes: readonly Envelope[] = [
  otlp,
  splunk,
  elasticsearch,
  cloudEvents,
  falcosidekick,
  loki,
  docker,
  collector,
];

/** Whose records are looked for: an envelope is opened only where they are not. */
export interface Claims {
  readonly value: (value: unknown) => boolean;
  readonly text: (line: string) => boolean;
}

/** One thing that lay in an envelope, however deep. */
export type Found =
  /** Some format claims it. */
  | { readonly kind: 'value'; readonly value: unknown; readonly origin: Origin }
  | { readonly kind: 'text'; readonly text: string; readonly origin: Origin }
  /** Text that nobody claims: what a program prints beside its events. */
  | { readonly kind: 'noise'; readonly text: string; readonly origin: Origin }
  /** Meant as a record, and none that is read. */
  | {
      readonly kind: 'unread';
      readonly reason: UnreadReason;
      /** How it begins, for people. */
      readonly sample: string;
      /** What it was parsed to; undefined where it was not. */
      readonly value: unknown;
      readonly origin: Origin;
    };

export type UnreadReason =
  | 'unknown_format'
  | 'bad_json'
  | 'duplicate_key'
  /** More envelopes in envelopes than are opened. */
  | 'too_deep'
  /** More records than are read of one envelope. */
  | 'too_many';

export interface Unwrapped {
  /** In the order in which it lay there; empty: there was nothing. */
  readonly found: readonly Found[];
  /** A number in an envelope had lost digits: parsed losslessly it says more. */
  readonly imprecise: boolean;
}

export interface UnwrapOptions {
  readonly claims: Claims;
  /** Parses JSON; undefined: it is none. */
  readonly parse: (text: string) => unknown;
}

const MOST_DEPTH = 8;
const MOST_FOUND = 100_000;
const SAMPLE = 160;

/**
 * Opens what no format claims, envelope in envelope, down to what formats claim or nothing can be made of. Undefined: it is no envelope
 * that we know. Never throws; iterative, and bounded in depth and number.
 */
export function unwrap(
  content: Content,
  origin: Origin,
  options: UnwrapOptions,
): Unwrapped | undefined {
  const unwrapper = new Unwrapper(options);
  return unwrapper.run({ forms: [content], origin });
}

/** What one thing turned out to be. */
type Step = Found | { readonly kind: 'more'; readonly records: Iterable<Enclosed> };

class Unwrapper {
  readonly #claims: Claims;
  readonly #parse: (text: string) => unknown;
  readonly #precision: Precision = { lost: false };
  readonly #found: Found[] = [];

  constructor({ claims, parse }: UnwrapOptions) {
    this.#claims = claims;
    this.#parse = parse;
  }

  run(root: Enclosed): Unwrapped | undefined {
    const first = this.#best(root);
    if (first.kind !== 'more') return undefined;
    // The records of every envelope that is open, the innermost last.
    const open = [first.records[Symbol.iterator]()];
    for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
      const next = at.next();
      if (next.done === true) {
        open.pop();
        continue;
      }
      const { value } = next;
      if (this.#found.length >= MOST_FOUND) {
        this.#found.push(unread('too_many', sampleOf(value.forms[0]), value.origin));
        break;
      }
      const step = this.#best(value);
      if (step.kind !== 'more') this.#found.push(step);
      else if (open.length < MOST_DEPTH) open.push(step.records[Symbol.iterator]());
      else this.#found.push(unread('too_deep', sampleOf(value.forms[0]), value.origin));
    }
    return { found: this.#found, imprecise: this.#precision.lost };
  }

  /** What the best form of a record turns out to be. */
  #best({ forms, origin }: Enclosed): Step {
    let best: Step | undefined;
    for (const form of forms) {
      const step = this.#step(form, origin);
      if (best === undefined || worth[step.kind] > worth[best.kind]) best = step;
      if (worth[step.kind] === worth.value) break;
    }
    return best ?? unread('unknown_format', '', origin);
  }

  #step(content: Content, origin: Origin): Step {
    switch (content.kind) {
      case 'refused':
        return unread(
          content.reason === 'duplicate_key' ? 'duplicate_key' : 'unknown_format',
          '',
          origin,
        );
      case 'text':
        return this.#stepOfText(content.text.trim(), origin);
      case 'value':
        return this.#stepOfValue(content.value, origin);
    }
  }

  #stepOfText(text: string, origin: Origin): Step {
    if (opensJson(text)) {
      const value = this.#parse(text);
      if (value !== undefined) {
        if (findDuplicateKey(toUtf8.encode(text)) >= 0)
          return unread('duplicate_key', text, origin);
        return this.#stepOfValue(value, origin);
      }
    }
    if (text.includes('\n')) return { kind: 'more', records: linesOf(text, origin) };
    if (text.startsWith('{')) return unread('bad_json', text, origin);
    if (this.#claims.text(text)) return { kind: 'text', text, origin };
    const prefixed = stripPrefix(text);
    if (prefixed === undefined) return { kind: 'noise', text, origin };
    return { kind: 'more', records: each([prefixed.text], within(origin, prefixed)) };
  }

  #stepOfValue(value: unknown, origin: Origin): Step {
    if (typeof value === 'string') return { kind: 'more', records: each([value], origin) };
    if (Array.isArray(value)) return { kind: 'more', records: each(value, origin) };
    if (!isObject(value)) return unread('unknown_format', String(value), origin);
    if (this.#claims.value(value)) return { kind: 'value', value, origin };
    const opened = this.#open(value, origin);
    if (opened !== undefined) return { kind: 'more', records: opened.records };
    return unread('unknown_format', sampleOf({ kind: 'value', value }), origin, value);
  }

  #open(value: JsonObject, around: Origin): Opened | undefined {
    for (const envelope of envelopes) {
      const opened = envelope.open(value, around, this.#precision);
      if (opened?.certain === true) return opened;
      if (opened !== undefined) return this.#likely(opened);
    }
    return undefined;
  }

  /** Of what may be an envelope, the records that may be records; undefined: none. */
  #likely({ records, certain }: Opened): Opened | undefined {
    const likely: Enclosed[] = [];
    for (const { forms, origin } of records) {
      const good = forms.filter((form) => this.#mayBeRecord(form));
      if (good.length > 0) likely.push({ forms: good, origin });
    }
    return likely.length === 0 ? undefined : { records: likely, certain };
  }

  #mayBeRecord(form: Content): boolean {
    if (form.kind !== 'text') return form.kind === 'value';
    const bare = bareLine(form.text.trim());
    return RECORD.test(bare) || this.#claims.text(bare);
  }
}

/** An object, or one in quotes. */
const RECORD = /^"?\{/;
const toUtf8 = new TextEncoder();

/** Which of a record's forms is it: the greatest. */
const worth: Readonly<Record<Step['kind'], number>> = {
  value: 3,
  text: 3,
  more: 2,
  noise: 1,
  unread: 0,
};

function* each(contents: readonly unknown[], origin: Origin): Generator<Enclosed> {
  for (const one of contents) yield { forms: [contentOf(one)], origin };
}

function* linesOf(text: string, origin: Origin): Generator<Enclosed> {
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end).trim();
    if (line !== '') yield { forms: [contentOf(line)], origin };
    at = end + 1;
  }
}

function unread(reason: UnreadReason, text: string, origin: Origin, value?: unknown): Found {
  return { kind: 'unread', reason, sample: text.slice(0, SAMPLE), origin, value };
}

function opensJson(text: string): boolean {
  return text.startsWith('{') || text.startsWith('[') || text.startsWith('"');
}

/** How a record begins. A value is told by its keys: it may be large. */
function sampleOf(content: Content | undefined): string {
  if (content === undefined || content.kind === 'refused') return '';
  if (content.kind === 'text') return content.text;
  const { value } = content;
  return isObject(value) ? `{${Object.keys(value).slice(0, 12).join(', ')}}` : String(value);
}
