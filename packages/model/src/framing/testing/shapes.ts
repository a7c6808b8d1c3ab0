import fc from 'fast-check';
import { encodeText } from '../text.ts';

/** Some bytes of a log and the records a reader must get out of them. */
export interface Shape {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** JSON.stringify of each event. */
  readonly events: readonly string[];
  /** Its lines can be taken for nothing else. An indented value behind `{"a":` may truly be a part of it. */
  readonly certain: boolean;
}

const TIME = '2026-03-15T00:06:32.475152409Z';

/** What an attacker can put into an argument: anything, since the agent escapes it. */
const argument = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'echo {',
    '}}',
    '[{"',
    '"',
    '\\',
    '\\"',
    '{"process_exec":{}}\n',
    '\u0000',
    '# x',
    '\ud800',
    '😀',
  ),
);

const event = fc
  .record({
    process_exec: fc.record({
      process: fc.record({ pid: fc.nat(), arguments: argument }),
      ancestors: fc.array(fc.record({ binary: argument }), { maxLength: 2 }),
    }),
    node_name: argument,
  })
  .map((value) => JSON.stringify(value));

const newline = fc.constantFrom('\n', '\r\n');

/** Lines and values a reader must understand, each ending in a newline. */
export const validShape: fc.Arbitrary<Shape> = fc
  .tuple(fc.array(event, { minLength: 1, maxLength: 3 }), fc.nat(), newline)
  .chain(([events, cut, end]) =>
    fc.constantFrom(...WRITERS).map(([name, write]) => ({
      name,
      bytes: encodeText(write(events, cut).replaceAll('\n', end)),
      events,
      certain: !AMBIGUOUS.has(name),
    })),
  );

const AMBIGUOUS = new Set(['indented lines', 'pretty', 'pretty array']);

type Writer = readonly [string, (events: readonly string[], cut: number) => string];

const WRITERS: readonly Writer[] = [
  ['lines', (events) => events.map((text) => `${text}\n`).join('')],
  ['indented lines', (events) => events.map((text) => `  ${text}\n`).join('')],
  ['concatenated', (events) => `${events.join('')}\n`],
  ['commas', (events) => `${events.join(',')}\n`],
  ['array on a line', (events) => `[${events.join(',')}]\n`],
  ['array of lines', (events) => `[\n${events.join(',\n')}\n]\n`],
  ['pretty', (events) => events.map((text) => `${pretty(text)}\n`).join('')],
  ['pretty array', (events) => `${JSON.stringify(events.map(parse), undefined, 2)}\n`],
  ['cri', (events) => events.map((text) => `${TIME} stdout F ${text}\n`).join('')],
  ['cri parts', (events, cut) => events.map((text) => criParts(text, cut)).join('')],
  ['docker', (events) => events.map((text) => `${docker(`${text}\n`)}\n`).join('')],
  ['docker parts', (events, cut) => events.map((text) => dockerParts(text, cut)).join('')],
  ['kubectl', (events) => events.map((text) => `${TIME} ${text}\n`).join('')],
  ['prefix', (events) => events.map((text) => `[pod/a/b] ${text}\n`).join('')],
  ['fluentd', (events) => events.map((text) => `${TIME}\tkube.*\t${text}\n`).join('')],
  ['numbered', (events) => events.map((text, index) => `${index}: ${text}\n`).join('')],
  ['byte order mark', (events) => events.map((text) => `\uFEFF${text}\n`).join('')],
];

/** Lines that hold no record: noise and damage, each ending in a newline. */
export const hostileLine: fc.Arbitrary<Uint8Array> = fc
  .oneof(
    fc
      .constantFrom(
        '',
        '  ',
        '# {',
        '$ cat {',
        'level=info {',
        '{',
        '[',
        ']',
        '}',
        '{"',
        '{"a":',
        '{"a":[',
        '[{',
        '"',
        '{}}',
        '{"a" 1}',
        '⚠️',
        '},{',
      )
      .map(encodeText),
    fc
      .constantFrom(
        '{"a":"',
        '[pod/',
        '2026-',
        '12:',
        TIME,
        `${TIME} stdout F {`,
        `${TIME} stdout F {"x":`,
        `${TIME} stdout P {"tr`,
        docker('{"tr'),
        docker('{\n'),
      )
      .map(encodeText),
    fc.tuple(event, fc.nat()).map(([text, cut]) => encodeText(text.slice(0, cut % text.length))),
    fc.tuple(event, fc.nat()).map(([text, cut]) => encodeText(text.slice(1 + (cut % text.length)))),
    fc.tuple(event, fc.nat()).map(([text, cut]) => mutate(encodeText(text), cut)),
    fc.uint8Array({ maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(...'{}[]",:\\ a1\t\0').map((text) => text.charCodeAt(0)),
        { maxLength: 30 },
      )
      .map((bytes) => new Uint8Array(bytes)),
    fc.nat({ max: 400 }).map((length) => encodeText(`{"a":"${'{'.repeat(length)}`)),
  )
  .map(
    (bytes) => new Uint8Array([...bytes.filter((byte) => byte !== 0x0a && byte !== 0x0d), 0x0a]),
  );

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function pretty(text: string): string {
  return JSON.stringify(parse(text), undefined, 2);
}

function parse(text: string): unknown {
  return JSON.parse(text);
}

function docker(log: string): string {
  return JSON.stringify({ log, stream: 'stdout', time: TIME });
}

function criParts(text: string, cut: number): string {
  // A runtime cuts bytes; here it cuts between characters, because these writers make strings.
  const at = safeCut(text, cut);
  return `${TIME} stdout P ${text.slice(0, at)}\n${TIME} stdout F ${text.slice(at)}\n`;
}

function dockerParts(text: string, cut: number): string {
  const at = safeCut(text, cut);
  return `${docker(text.slice(0, at))}\n${docker(`${text.slice(at)}\n`)}\n`;
}

function safeCut(text: string, cut: number): number {
  const at = cut % text.length;
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
}

function mutate(bytes: Uint8Array, cut: number): Uint8Array {
  const at = cut % bytes.length;
  const copy = new Uint8Array(bytes);
  copy[at] = [0x22, 0x7b, 0x7d, 0x00, 0xff, 0x5c][cut % 6] ?? 0;
  return copy;
}
