import fc from 'fast-check';

/** Says how to damage or restate one line, given another line to take from. */
export type Mutation = (line: string, other: string) => string;

const insertions = [
  ' ',
  '\t',
  '\r',
  ',',
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  '\\"',
  '\u0000',
  '\ufeff',
  'é',
  '0',
  '-',
  '.5',
  'e9',
  ',"a":{"b":"}},\\"node_name\\":\\""}',
  ',"process":{"exec_id":"YTox"}',
  ',"parent":null',
  ',"parent":{"exec_id":"YToxOjI="}',
  '"process":1,',
  ',"refcnt":7',
  ',"tid":7',
  ',"exec_id":null',
  ',"time":"2020-01-01T00:00:00Z"',
  ',"time":1',
  ',"node_name":"elsewhere"',
  ',"nodeName":"elsewhere"',
  ',"node_name":null',
  ',"cluster_name":"else/where"',
  ',"process_exec":{"process":{"exec_id":"YTox"}}',
  ',"process_\\u0065xec":{"process":{"exec_id":"YTox"}}',
  ',"test":{}',
  ',"pod":{"name":"p","namespace":"n"}',
  ',"ancestors":[{"exec_id":"YToxOjI="},3]',
  ',"":0',
  ',"__proto__":{"time":"2020-01-01T00:00:00Z"}',
];

const replacements: readonly (readonly [from: string, to: string])[] = [
  ['"refcnt":', '"refcnt":0'],
  ['"refcnt":', '"refcnt":-'],
  ['"refcnt":', '"refcnt":1.'],
  ['"refcnt":', '"refcnt":99999999999999999999999999'],
  ['"refcnt":', '"refcnt":"'],
  ['"refcnt":', '"\\u0072efcnt":'],
  ['"refcnt":', '"x":{"refcnt":1},"refcnt":'],
  ['"refcnt":', '"pod":{"name":"p","namespace":"n"},"refcnt":'],
  ['"refcnt":', '"p\\u006fd":null,"refcnt":'],
  ['"docker":', '"pod":0,"docker":'],
  ['"pod":{', '"pod":{},"pod":{'],
  ['"tid":', '"tid": '],
  ['"exec_id":"', '"exec_id": "'],
  ['"exec_id":"', '"exec_id":"\\'],
  ['"exec_id":"', '"execId":"'],
  ['"exec_id":"', '"\\u0065xec_id":"'],
  ['"exec_id":"', '"exec_id":"","x":"'],
  ['"process":', '"\\u0070rocess":'],
  ['"process":{', '"process":{},"process":{'],
  ['"process":{', '"process":[{'],
  ['"parent":', '"Parent":'],
  ['"parent":{', '"parent":{},"parent":{'],
  ['"parent_exec_id":"', '"parent_exec_id":"","parent_exec_id":"'],
  ['"node_name":"', '"node_name":"\\u0061'],
  ['"node_name":"', '"node_name":"cluster/'],
  ['"node_name":"', '"node_name":"","x":"'],
  ['"time":"', '"time":" '],
  ['"time":"2', '"time":"\\u0032'],
  ['"time":"2', '"time":"1'],
  ['"time":"2', '"time":"\u00012'],
  ['Z"', '\\Z"'],
  ['Z"', '+00:00"'],
  ['Z"', '1Z"'],
  ['Z"', '123456789Z"'],
  ['T', 't'],
  ['"}', '","time":"2020-01-01T00:00:00Z"}'],
  ['"}', '","process_lsm":{"process":{"exec_id":"YTox"}}}'],
  ['"cluster_name":', '"t\\u0069me":null,"cluster_name":'],
  ['"cluster_name":', '"process_exit":{},"cluster_name":'],
  ['"pid":', '"pid":1e3,"x":'],
  // The same in 32 bits as the number that follows.
  ['"pid":1,', '"pid":4294967297,'],
  ['"pid":1,', '"pid":0000000001,'],
  ['"arguments":"', '"arguments":"é€😀 '],
  // A mark at the beginning of a text is a character of it.
  ['"arguments":"', '"arguments":"\ufeff'],
  ['"cwd":"', '"cwd":"\\u00e9'],
  ['"binary":"', '"binary":"\\"'],
  ['"sock_cookie":"', '"sock_cookie":18446744073709551615,"x":"'],
  ['"bytes_sent":"', '"bytes_sent":18446744073709551615,"x":"'],
  [':', ': '],
  [',', ', '],
  [',', ',\n'],
  ['{"process_', '{ "process_'],
  ['{"process_', '{"proc\\u0065ss_'],
  ['{"process_e', '{"process_zz'],
];

/** A place in a line, from 0 to below 1. Of integers: most doubles lie close to 0. */
export const anyPlace: fc.Arbitrary<number> = fc
  .integer({ min: 0, max: 65_535 })
  .map((part) => part / 65_536);

/** The index of one of the places where `word` stands, -1 when it stands nowhere. */
function pick(line: string, word: string, at: number): number {
  const from = line.indexOf(word, Math.floor(at * line.length));
  return from < 0 ? line.indexOf(word) : from;
}

function splice(line: string, at: number, dropped: number, text: string): string {
  return line.slice(0, at) + text + line.slice(at + dropped);
}

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  // Anywhere: mostly damage.
  fc.tuple(anyPlace, fc.constantFrom(...insertions)).map(
    ([at, text]) =>
      (line: string) =>
        splice(line, Math.floor(at * line.length), 0, text),
  ),
  // Before or behind a bracket: mostly another record.
  fc
    .tuple(anyPlace, fc.constantFrom('}', ']', '{'), fc.constantFrom(...insertions), fc.boolean())
    .map(([at, bracket, text, behind]) => (line: string) => {
      const found = pick(line, bracket, at);
      return found < 0 ? line : splice(line, behind ? found + 1 : found, 0, text);
    }),
  fc.tuple(anyPlace, fc.constantFrom(...replacements)).map(([at, [from, to]]) => (line: string) => {
    const found = pick(line, from, at);
    return found < 0 ? line : splice(line, found, from.length, to);
  }),
  // Every place of the word.
  fc.constantFrom(...replacements).map(
    ([from, to]) =>
      (line: string) =>
        line.replaceAll(from, to),
  ),
  fc.tuple(anyPlace, fc.integer({ min: 0, max: 127 })).map(
    ([at, code]) =>
      (line: string) =>
        splice(line, Math.floor(at * line.length), 1, String.fromCharCode(code)),
  ),
  fc.tuple(anyPlace, fc.integer({ min: 1, max: 80 })).map(
    ([at, dropped]) =>
      (line: string) =>
        splice(line, Math.floor(at * line.length), dropped, ''),
  ),
  anyPlace.map((at) => (line: string) => line.slice(0, Math.floor(at * line.length))),
  // Two members change places.
  fc.tuple(anyPlace, anyPlace).map(([one, two]) => (line: string) => {
    const members = line.split(',"');
    const a = Math.floor(one * members.length);
    const b = Math.floor(two * members.length);
    const swapped = members.with(a, members[b] ?? '').with(b, members[a] ?? '');
    return swapped.join(',"');
  }),
  // The beginning of one line and the end of another.
  fc
    .tuple(
      anyPlace,
      fc.constantFrom(',"parent":', '},"node_name"', ',"refcnt"', ',"pod":', '"time"'),
    )
    .map(([at, word]) => (line: string, other: string) => {
      const cut = pick(line, word, at);
      const from = pick(other, word, at);
      return cut < 0 || from < 0 ? line : line.slice(0, cut) + other.slice(from);
    }),
  // Compact JSON as other builds print it, and JSON as another writer would.
  fc.constantFrom(
    (line: string) => line.replaceAll(',"', ', "'),
    (line: string) => line.replaceAll(',"', ' ,"'),
    (line: string) => line.replaceAll('_name"', 'Name"'),
    (line: string) => `${line} `,
    (line: string) => `\ufeff${line}`,
    (line: string) => line + line,
    (line: string) => `[${line}]`,
  ),
);

/** One to three mutations in a row; none at all is among them, for what is between the damaged. */
export const mutations: fc.Arbitrary<Mutation> = fc
  .array(mutation, { maxLength: 3 })
  .map(
    (steps) => (line: string, other: string) =>
      steps.reduce((text, step) => step(text, other), line),
  );
