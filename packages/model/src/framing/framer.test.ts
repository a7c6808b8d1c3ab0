import { describe, expect, it } from 'vitest';
import { createFramer } from './framer.ts';
import {
  describePieces,
  findMiscount,
  frameInChunks,
  frameWhole,
  recordsOf,
  settle,
  textsOf,
} from './testing/pieces.ts';
import { encodeText } from './text.ts';

const A = '{"process_exec":{"process":{"pid":1}}}';
const B = '{"process_exit":{"status":3}}';
const PRETTY = '{\n  "process_exec": {\n    "args": [\n      "{",\n      "}}"\n    ]\n  }\n}';
const TIME = '2026-03-15T00:06:32.475152409Z';

/** input in words, the input, and what a consumer ends up with */
const SHAPES: readonly (readonly [string, string, readonly string[]])[] = [
  ['an empty input', '', []],
  ['one object per line', `${A}\n${B}\n`, [`record ${A}`, `record ${B}`]],
  ['a last line without a newline', `${A}\n${B}`, [`record ${A}`, `record ${B}`]],
  ['blank lines', `\n${A}\n  \n\n`, ['blank', `record ${A}`, 'blank', 'blank']],
  ['CRLF', `${A}\r\n${B}\r\n`, [`record ${A}`, `record ${B}`]],
  ['lone CR', `${A}\r${B}\r`, [`record ${A}`, `record ${B}`]],
  ['a UTF-8 byte order mark', `\uFEFF${A}\n${B}\n`, [`record ${A}`, `record ${B}`]],
  [
    'a byte order mark between two joined files',
    `${A}\n\uFEFF${B}\n`,
    [`record ${A}`, `record ${B}`],
  ],
  ['indented lines', `  ${A}\n\t${B}\n`, [`record ${A}`, `record ${B}`]],
  ['an array on one line', `[${A},${B}]`, [`record ${A}`, `record ${B}`]],
  ['an array with one element per line', `[\n${A},\n${B}\n]\n`, [`record ${A}`, `record ${B}`]],
  ['an array with leading commas', `[ ${A}\n, ${B}\n]\n`, [`record ${A}`, `record ${B}`]],
  [
    'an array of pretty objects',
    `[\n  ${PRETTY},\n  ${PRETTY}\n]\n`,
    [`record ${PRETTY}`, `record ${PRETTY}`],
  ],
  ['an empty array', '[]\n', []],
  ['concatenated objects', `${A}${B}${A}`, [`record ${A}`, `record ${B}`, `record ${A}`]],
  [
    'concatenated objects between other lines',
    `${B}\n${A}${B}\n${A}\n`,
    [`record ${B}`, `record ${A}`, `record ${B}`, `record ${A}`],
  ],
  [
    'commas and junk between objects',
    `${A},,,${B} ;;_- ${A}`,
    [`record ${A}`, `record ${B}`, 'skipped:text ;;_-', `record ${A}`],
  ],
  ['junk before an object', `,,random;;_-${A}\n`, ['skipped:text random;;_-', `record ${A}`]],
  [
    'pretty-printed objects one after another',
    `${PRETTY}\n${PRETTY}\n`,
    [`record ${PRETTY}`, `record ${PRETTY}`],
  ],
  ['a pretty object with a blank line in it', '{\n\n"a": 1\n}\n', ['record {\n\n"a": 1\n}']],
  [
    'a pretty object that lost its indentation',
    '{\n"args": [\n{\n"int_arg": 1\n},\n{\n"int_arg": 2\n}\n]\n}\n',
    ['record {\n"args": [\n{\n"int_arg": 1\n},\n{\n"int_arg": 2\n}\n]\n}'],
  ],
  [
    'an object with a remark behind it',
    `${A} # the first\n${B}\n`,
    [`record ${A}`, 'skipped:comment # the first', `record ${B}`],
  ],
  [
    'comments',
    `# a note {\n// ${A}\n${B}\n`,
    ['skipped:comment # a note {', `skipped:comment // ${A}`, `record ${B}`],
  ],
  [
    'shell prompts',
    `root@server:~# kubectl logs x | jq '{a}'\n$ kubectl get pods\n${A}\n`,
    [
      "skipped:prompt root@server:~# kubectl logs x | jq '{a}'",
      'skipped:prompt $ kubectl get pods',
      `record ${A}`,
    ],
  ],
  [
    'start-up text of an agent',
    `level=info msg="Starting {tetragon"\nI0726 07:06:18.000001       1 main.go:10] {"a":1}\n${A}\n`,
    [
      'skipped:startup level=info msg="Starting {tetragon"',
      'skipped:startup I0726 07:06:18.000001       1 main.go:10] {"a":1}',
      `record ${A}`,
    ],
  ],
  [
    'text with an unclosed brace',
    `⚠️ look here {\n${A}\n`,
    ['skipped:text ⚠️ look here {', `record ${A}`],
  ],
  ['an object at the end of a text line', `event: ${A}\n`, ['skipped:text event:', `record ${A}`]],
  ['line numbers', `1: ${A}\n2: ${B}\n`, [`record ${A}`, `record ${B}`]],
  ['numbers as cat -n writes them', `     1\t${A}\n     2\t${B}\n`, [`record ${A}`, `record ${B}`]],
  ['CRI lines', `${TIME} stdout F ${A}\n${TIME} stderr F ${B}\n`, [`record ${A}`, `record ${B}`]],
  [
    'a CRI line of text',
    `${TIME} stderr F level=info msg=ready\n`,
    ['skipped:startup level=info msg=ready'],
  ],
  [
    'CRI parts of two streams that alternate',
    `${TIME} stdout P ${A.slice(0, 10)}\n${TIME} stderr P ${B.slice(0, 7)}\n${TIME} stdout F ${A.slice(10)}\n${TIME} stderr F ${B.slice(7)}\n`,
    [`record ${A}`, `record ${B}`],
  ],
  [
    'a CRI part whose end never came, before a whole line',
    `${TIME} stdout P ${A.slice(0, 10)}\n${TIME} stdout F ${B}\n`,
    [`unreadable:unterminated ${A.slice(0, 10)}`, `record ${B}`],
  ],
  [
    'a CRI part at the end of the file',
    `${A}\n${TIME} stdout P {"a":\n`,
    [`record ${A}`, 'unreadable:unterminated {"a":'],
  ],
  [
    'a pretty object in CRI lines',
    `${TIME} stdout F {\n${TIME} stdout F   "a": 1\n${TIME} stdout F }\n${TIME} stdout F ${A}\n`,
    ['record {\n  "a": 1\n}', `record ${A}`],
  ],
  [
    'docker json-file',
    `${docker(`${A}\n`)}\n${docker(`${B}\n`)}\n${docker('level=info msg=x\n')}\n`,
    [`record ${A}`, `record ${B}`, 'skipped:startup level=info msg=x'],
  ],
  [
    'docker parts without a newline',
    `${docker(A.slice(0, 9))}\n${docker(`${A.slice(9)}\n`)}\n${docker(`${B}\n`)}\n`,
    [`record ${A}`, `record ${B}`],
  ],
  [
    'a collector that drops the newline of log',
    `${docker(A)}\n${docker(B)}\n`,
    [`record ${A}`, `record ${B}`],
  ],
  [
    'an object that only looks like docker',
    '{"log":{"a":1},"stream":"x"}\n',
    ['record {"log":{"a":1},"stream":"x"}'],
  ],
  ['kubectl logs --timestamps', `${TIME} ${A}\n${TIME} ${B}\n`, [`record ${A}`, `record ${B}`]],
  ['kubectl logs --prefix', `[pod/tetragon-x/export-stdout] ${A}\n`, [`record ${A}`]],
  [
    'kubectl logs --prefix --timestamps',
    `[pod/tetragon-x/export-stdout] ${TIME} ${A}\n[pod/y/z] I0726 07:06:18 x\n`,
    [`record ${A}`, 'skipped:startup I0726 07:06:18 x'],
  ],
  [
    'Fluentd',
    `${TIME}\tkube.var.log\t${A}\n2026-03-15 00:06:32 +0000\ttag\t${B}\n`,
    [`record ${A}`, `record ${B}`],
  ],
  ['docker inside Fluentd', `${TIME}\ttag\t${docker(`${A}\n`)}\n`, [`record ${A}`]],
  [
    'a text line in brackets',
    `[INFO] starting\n${A}\n`,
    ['skipped:text [INFO] starting', `record ${A}`],
  ],
  [
    'a line cut off at its end',
    `{"a":{"b":"x\n${A}\n`,
    ['unreadable:unterminated {"a":{"b":"x', `record ${A}`],
  ],
  [
    'a line cut off at its head',
    `ess":{"pid":1}}}\n${A}\n`,
    ['unreadable:fragment ess":{"pid":1}}}', `record ${A}`],
  ],
  [
    'a line that is no JSON inside',
    `{"a" 1}\n${A}\n`,
    ['unreadable:bad_json {"a" 1}', `record ${A}`],
  ],
  ['one brace too many', `${A}}\n${B}\n`, [`record ${A}`, 'skipped:text }', `record ${B}`]],
  [
    'two lines whose newline was lost in the middle of a string',
    `{"a":"trunc${A}\n${B}\n`,
    ['unreadable:unterminated {"a":"trunc', `record ${A}`, `record ${B}`],
  ],
  [
    'a pretty object that never ends, before another',
    `{\n  "a": [\n${PRETTY}\n${PRETTY}\n`,
    ['unreadable:unterminated {\n  "a": [', `record ${PRETTY}`, `record ${PRETTY}`],
  ],
  [
    'a pretty object that never ends, before CRI lines',
    `{\n  "a": [\n${TIME} stdout F ${A}\n`,
    ['unreadable:unterminated {\n  "a": [', `record ${A}`],
  ],
  ['NUL bytes that copytruncate left', `\0\0\0\0${A}\n`, ['skipped:padding ', `record ${A}`]],
];

function docker(log: string): string {
  return JSON.stringify({ log, stream: 'stdout', time: TIME });
}

describe('the framer reads', () => {
  it.each(SHAPES)('%s', (_title, input, expected) => {
    const bytes = encodeText(input);
    const pieces = frameWhole(input);
    expect(describePieces(settle(pieces))).toEqual(expected);
    expect(findMiscount(bytes, pieces)).toBeUndefined();
    expect(findMiscount(bytes, settle(pieces))).toBeUndefined();
  });

  it.each(SHAPES)('%s, in chunks of every size up to 64', (_title, input) => {
    const bytes = encodeText(input);
    const whole = frameWhole(input);
    for (let size = 1; size <= 64; size++) expect(frameInChunks(bytes, [size])).toEqual(whole);
  });
});

describe('hostile lines', () => {
  it('an unbalanced brace in an argument hides no later event', () => {
    const events = ['ls', 'echo {', 'cat /etc/shadow', 'exit'].map((args, pid) =>
      JSON.stringify({ process_exec: { process: { pid, arguments: args } } }),
    );
    expect(textsOf(frameWhole(`${events.join('\n')}\n`))).toEqual(events);
    expect(textsOf(frameWhole(events.join('')))).toEqual(events);
    expect(textsOf(frameWhole(`[${events.join(',')}]`))).toEqual(events);
  });

  it('invalid UTF-8 becomes U+FFFD in the text and stays in the bytes', () => {
    const line = new Uint8Array([...encodeText('{"a":"'), 0xff, 0xc3, ...encodeText('"}\n')]);
    const [record] = recordsOf(frameWhole(line));
    expect(record?.bytes).toEqual(line.subarray(0, -1));
    expect(textsOf(frameWhole(line))).toEqual(['{"a":"\uFFFD\uFFFD"}']);
  });

  it('a value of a million brackets neither overflows the stack nor touches the next line', () => {
    const deep = `{"a":${'['.repeat(1e6)}${']'.repeat(1e6)}}`;
    expect(textsOf(frameWhole(`${deep}\n${A}\n`)).at(-1)).toBe(A);
  });
});

describe('joined parts', () => {
  const event = '{"process_exec":{"process":{"arguments":"echo {\\"a\\": é😀"}}}';
  const bytes = encodeText(event);

  it('CRI parts cut at every byte of an event, in the middle of a character too, give the event', () => {
    for (let cut = 1; cut < bytes.length; cut++) {
      const input = Buffer.concat([
        encodeText(`${TIME} stdout P `),
        bytes.subarray(0, cut),
        encodeText(`\n${TIME} stdout F `),
        bytes.subarray(cut),
        encodeText('\n'),
      ]);
      expect(textsOf(frameWhole(input))).toEqual([event]);
    }
  });

  it('Docker parts cut at every character do too', () => {
    for (let cut = 1; cut < event.length - 8; cut++) {
      const input = `${docker(event.slice(0, cut))}\n${docker(`${event.slice(cut)}\n`)}\n`;
      expect(textsOf(frameWhole(input))).toEqual([event]);
    }
  });
});

describe('interleaved containers', () => {
  it('parts are joined per pod and per Fluentd tag', () => {
    const first = ['{"pid"', ':1}\n'];
    const second = ['{"pid":', '2}\n'];
    const input = [
      `${TIME}\ta\t${docker(first[0] ?? '')}`,
      `${TIME}\tb\t${docker(second[0] ?? '')}`,
      `${TIME}\ta\t${docker(first[1] ?? '')}`,
      `${TIME}\tb\t${docker(second[1] ?? '')}`,
      `[pod/x/y] ${TIME} stdout P {"pid"`,
      `[pod/z/y] ${TIME} stdout P {"pid":`,
      `[pod/x/y] ${TIME} stdout F :3}`,
      `[pod/z/y] ${TIME} stdout F 4}`,
    ].join('\n');
    expect(textsOf(frameWhole(input))).toEqual([1, 2, 3, 4].map((pid) => `{"pid":${pid}}`));
    expect(findMiscount(encodeText(input), frameWhole(input))).toBeUndefined();
  });
});

describe('places', () => {
  it('a record says at which byte and line it begins', () => {
    const pieces = frameWhole(`\r\n# é\r\n${A}\r\n${PRETTY}\n${B}`);
    expect(pieces.map(({ kind, offset, length, line }) => [kind, offset, length, line])).toEqual([
      ['blank', 0, 0, 1],
      ['skipped', 2, 4, 2],
      ['record', 8, A.length, 3],
      ['record', 10 + A.length, PRETTY.length, 4],
      ['record', 11 + A.length + PRETTY.length, B.length, 12],
    ]);
  });

  it('a wrapped record covers its prefix and keeps what it said', () => {
    const line = `[pod/p/c] ${TIME} stdout F ${A}`;
    const [record] = recordsOf(frameWhole(`${line}\n`));
    expect(record).toMatchObject({
      offset: 0,
      length: line.length,
      wrapper: { kind: 'cri', time: TIME, stream: 'stdout', tag: 'pod/p/c' },
    });
  });

  it('parts that touch are one range, parts that do not are several', () => {
    const part = (stream: string, tag: string, text: string) => `${TIME} ${stream} ${tag} ${text}`;
    const first = part('stdout', 'P', A.slice(0, 9));
    const other = part('stderr', 'F', B);
    const last = part('stdout', 'F', A.slice(9));
    const [touching] = recordsOf(frameWhole(`${first}\n${last}\n`));
    expect(touching).toMatchObject({
      offset: 0,
      length: first.length + 1 + last.length,
      spans: undefined,
    });
    const [, apart] = recordsOf(frameWhole(`${first}\n${other}\n${last}\n`));
    expect(apart).toMatchObject({
      offset: 0,
      length: first.length + last.length,
      spans: [
        { offset: 0, length: first.length },
        { offset: first.length + other.length + 2, length: last.length },
      ],
    });
  });

  it('a checkpoint never lies behind a byte that is still waited for', () => {
    const framer = createFramer();
    const nothing = (): void => undefined;
    framer.push(encodeText(`${A}\n${TIME} stdout P {"a":`), nothing);
    expect(framer.settled).toBe(A.length + 1);
    framer.push(encodeText(`\n${B}\n`), nothing);
    expect(framer.settled).toBe(A.length + 1);
    expect(framer.received).toBe(A.length + 1 + TIME.length + 15 + 1 + B.length + 1);
  });
});

describe('the framer as an object', () => {
  it('says a live line without waiting for the next one', () => {
    const framer = createFramer();
    let records = 0;
    framer.push(encodeText(`${A}\n`), () => records++);
    expect(records).toBe(1);
  });

  it('throws when it is used after its end', () => {
    const framer = createFramer();
    framer.end(() => undefined);
    expect(() => framer.push(encodeText('x'), () => undefined)).toThrow('push after end');
  });
});
