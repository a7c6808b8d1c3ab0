import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactBatch } from '../event/factBatch.ts';
import { eventsOf, recordsOf } from '../event/readFactBatch.ts';
import type { Format } from '../formats/format.ts';
import { ingestBytes, ingestText } from '../formats/testing/ingestText.ts';
import { print } from '../formats/testing/mergedFacts.ts';
import { tetragon } from '../formats/tetragon/tetragon.ts';
import type { IngestOptions } from './ingestOptions.ts';
import { toy, toyText } from './testing/toyFormats.ts';

const formats: readonly Format[] = [tetragon, toy, toyText];
const exec =
  '{"process_exec":{"process":{"exec_id":"a","binary":"/bin/a"}},"node_name":"n","time":"2026-01-01T00:00:00Z"}';

function taken(text: string, options: Partial<IngestOptions> = {}, sizes?: readonly number[]) {
  return ingestText(text, sizes, { formats, ...options });
}

/** A row per record: what became of it, and its bytes. */
function recordsIn(batches: readonly FactBatch[]): readonly string[] {
  const decoder = new TextDecoder();
  return batches.flatMap((batch) =>
    Array.from(recordsOf(batch), ({ outcome, reason, bytes }) =>
      [outcome, reason, decoder.decode(bytes)].filter((part) => part !== '').join(' | '),
    ),
  );
}

function subjectsIn(batches: readonly FactBatch[]): readonly string[] {
  return batches.flatMap((batch) => Array.from(eventsOf(batch), ({ subject }) => subject));
}

describe('lines of plain text', () => {
  it('are records of the format that claims them, each in one column of the ledger', () => {
    const lines = [
      'toy 1',
      'noise',
      '# toy 2',
      '',
      'toy 0',
      '{"toy":"a"}',
      exec,
      '  toy 3',
      'toy 4',
    ];
    const { batches, ingest } = taken(lines.join('\n'));
    expect(recordsIn(batches)).toEqual([
      'decoded | toy 1',
      'skipped | text | noise',
      'skipped | comment | # toy 2',
      'quarantined | bad_field | toy 0',
      'decoded | {"toy":"a"}',
      `decoded | ${exec}`,
      'skipped | text | toy 3',
      'decoded | toy 4',
    ]);
    expect(subjectsIn(batches)).toEqual(['line 1', 'a', '', 'line 4']);
    expect(ingest.report).toMatchObject({ decoded: 4, quarantined: 1, skipped: 3, blank: 1 });
    expect(ingest.report.formats).toEqual(
      new Map([
        ['toy_text', 2],
        ['toy', 1],
        ['tetragon', 1],
      ]),
    );
  });

  it('are records that nobody knows when two formats claim them', () => {
    const twin: Format = { ...toyText, id: 'twin' };
    const { batches, ingest } = taken('toy 1\nother', { formats: [toyText, twin] });
    expect(recordsIn(batches)).toEqual([
      'quarantined | ambiguous_format | toy 1',
      'skipped | text | other',
    ]);
    expect(ingest.report.decoded).toBe(0);
  });

  it('keep what stood around them, and say the same when they are read again', () => {
    const lines = [
      '2026-01-01T00:00:01Z stdout F toy 1',
      '2026-01-01T00:00:02Z stdout P toy ',
      '2026-01-01T00:00:02Z stdout F 2',
      '{"log":"toy 3\\n","stream":"stdout","time":"2026-01-01T00:00:03Z"}',
      '[pod/a/b] toy 4',
    ];
    const { batches } = taken(lines.join('\n'));
    const [one, two, three, four, five] = lines;
    expect(recordsIn(batches)).toEqual(
      [one, `${two}\n${three}`, four, five].map((line) => `decoded | ${line}`),
    );
    const times = batches.flatMap((batch) => Array.from(eventsOf(batch), ({ time }) => time));
    expect(times.map((time) => (time === undefined ? undefined : time % 60_000_000_000n))).toEqual([
      1_000_000_000n,
      2_000_000_000n,
      3_000_000_000n,
      undefined,
    ]);
    const again = taken(
      recordsIn(batches)
        .map((row) => row.replace('decoded | ', ''))
        .join('\n'),
    );
    expect(subjectsIn(again.batches)).toEqual(subjectsIn(batches));
  });

  it('are told the name of their file', () => {
    const { batches } = taken('toy 1', { path: 'host-1/toy.log' });
    expect(subjectsIn(batches)).toEqual(['line 1 in host-1/toy.log']);
  });

  it('may be records in quotation marks, as jq prints them', () => {
    const lines = [exec, '{"toy":"a"}', '[1]', 'plain'].map((line) => JSON.stringify(line));
    const { batches } = taken(lines.join('\n'));
    expect(recordsIn(batches).map((row) => row.split(' | ').slice(0, -1))).toEqual([
      ['decoded'],
      ['decoded'],
      ['quarantined', 'unknown_format'],
      ['skipped', 'text'],
    ]);
  });

  it('are of the format that is asked for, which refuses those it cannot read', () => {
    const { batches } = taken('toy 1\nother\n# a comment\n{"toy":"a"}', { format: 'toy_text' });
    expect(recordsIn(batches)).toEqual([
      'decoded | toy 1',
      'quarantined | no_event | other',
      'skipped | comment | # a comment',
      'quarantined | no_event | {"toy":"a"}',
    ]);
    // Of a format without text they are noise.
    expect(recordsIn(taken('toy 1', { format: 'toy' }).batches)).toEqual([
      'skipped | text | toy 1',
    ]);
  });

  it('say the same wherever chunks end, scanned or not', () => {
    const line = fc.constantFrom(
      'toy 1',
      ' toy 2',
      'toy 0',
      'noise',
      exec,
      '{"toy":"a"}',
      '{"broken":',
      '2026-01-01T00:00:00Z stdout F toy 3',
      '{"log":"toy 4\\n","stream":"stdout","time":"2026-01-01T00:00:00Z"}',
      '"{\\"toy\\":\\"b\\"}"',
      '[',
      ']',
    );
    const rows = (batches: readonly FactBatch[]) =>
      batches.flatMap((batch) => [
        ...Array.from(recordsOf(batch), (record) => print(record)),
        ...Array.from(eventsOf(batch), (event) => print(event)),
      ]);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 10 }), (lines) => {
        const text = lines.join('\n');
        const whole = taken(text, { scansAfter: Number.POSITIVE_INFINITY });
        for (let size = 1; size <= 64; size += 1) {
          const cut = taken(text, { scansAfter: size % 8 === 0 ? 0 : 1e9 }, [size]);
          cut.ingest.close();
          expect(rows(cut.batches)).toEqual(rows(whole.batches));
          expect(cut.ingest.report).toEqual(whole.ingest.report);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('are read from UTF-16', () => {
    const text = '\ufefftoy 1\r\n{"toy":"a"}\r\n';
    const bytes = new Uint8Array(new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer);
    const { batches } = ingestBytes(bytes, undefined, { formats });
    expect(recordsIn(batches)).toEqual(['decoded | toy 1', 'decoded | {"toy":"a"}']);
  });
});
