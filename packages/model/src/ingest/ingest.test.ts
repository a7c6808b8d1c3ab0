import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArenaShelf } from '../arena/arenaShelf.ts';
import type { FactBatch } from '../event/factBatch.ts';
import { eventsOf, recordsOf } from '../event/readFactBatch.ts';
import { ingestBytes, ingestText } from '../formats/testing/ingestText.ts';
import { mergedFacts, print } from '../formats/testing/mergedFacts.ts';
import { generateBrokenLog } from '../scenario/brokenLog.ts';
import { generateBulk } from '../scenario/bulk.ts';
import { createIngest, type Ingest } from './ingest.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function exec(id: string, extra = ''): string {
  return `{"process_exec":{"process":{"exec_id":"${id}","binary":"/bin/${id}"${extra}}},"node_name":"n","time":"2026-01-01T00:00:00Z"}`;
}

function outcomesOf(batches: readonly FactBatch[]): readonly string[] {
  return batches.flatMap((batch) =>
    Array.from(recordsOf(batch), ({ outcome, reason }) =>
      reason === '' ? outcome : `${outcome}: ${reason}`,
    ),
  );
}

function rawOf(batches: readonly FactBatch[]): readonly string[] {
  return batches.flatMap((batch) =>
    Array.from(recordsOf(batch), ({ bytes }) => decoder.decode(bytes)),
  );
}

/** Each framed record stands in exactly one column of the report, and in exactly one row. */
function expectLedger(batches: readonly FactBatch[], ingest: Ingest): void {
  const { report } = ingest;
  const outcomes = batches.flatMap((batch) => Array.from(recordsOf(batch), (row) => row.outcome));
  const count = (outcome: string): number => outcomes.filter((word) => word === outcome).length;
  expect(count('decoded')).toBe(report.decoded);
  expect(count('quarantined')).toBe(report.quarantined);
  expect(count('skipped')).toBe(report.skipped);
  expect(count('continued')).toBe(report.continued);
  expect(batches.reduce((sum, batch) => sum + batch.blank, 0)).toBe(report.blank);
  const events = batches.reduce((sum, batch) => sum + batch.events.count, 0);
  expect(events).toBe(report.events);
  expect([...report.labels.values()].reduce((sum, n) => sum + n, 0)).toBe(events);
  expect([...report.reasons.values()].reduce((sum, n) => sum + n, 0)).toBe(
    report.quarantined + report.skipped,
  );
}

function sensesOf(batches: readonly FactBatch[]): readonly bigint[] {
  return batches.flatMap((batch) => [...batch.events.sense]);
}

/** The line in two, behind a comma of which it may have fewer; null: as it is. */
function brokenAt(line: string, comma: number | null): string {
  let seen = 0;
  return line.replaceAll(',"', (found) => (seen++ === comma ? ',\n"' : found));
}

/** The line with the key at one of its places said again right before itself: valid JSON that two readers read differently. */
function withKeyTwice(line: string, choice: number): string {
  const keys = [...line.matchAll(/"([a-z_]+)":/g)];
  const key = keys[choice % keys.length];
  return key === undefined
    ? line
    : `${line.slice(0, key.index)}"${key[1] ?? ''}":"again",${line.slice(key.index)}`;
}

describe('an ingest', () => {
  it('keeps nothing of a chunk, of whatever class its bytes are', () => {
    const lines = [...generateBulk({ seed: 8, events: 300, pods: 3, nodes: 2 })];
    const wrapped = lines.map((line) => `2026-01-01T00:00:00Z stdout F ${line}`);
    const all = encoder.encode(wrapped.join('\n'));
    const kept = ingestBytes(all, [700]);
    const ingest = createIngest({ cluster: '', hash: (bytes) => BigInt(bytes.length) });
    const batches: FactBatch[] = [];
    for (let at = 0; at < all.length; at += 700) {
      // Of a Buffer a slice is a view.
      const chunk = Buffer.from(all.slice(at, at + 700));
      batches.push(...ingest.push(chunk));
      chunk.fill(0);
    }
    batches.push(...ingest.end());
    expect(rawOf(batches)).toEqual(rawOf(kept.batches));
    expect(mergedFacts(batches)).toEqual(mergedFacts(kept.batches));
  });

  it('counts offsets and lines from the beginning of the member, of which the first line was given to the stream before', () => {
    const { batches } = ingestText(`${exec('a')}\n${exec('b')}\n`, [50], { startsAt: 77 });
    const places = batches.flatMap((batch) =>
      Array.from(recordsOf(batch), ({ offset, line }) => [offset, line]),
    );
    expect(places).toEqual([
      [77, 2],
      [77 + exec('a').length + 1, 3],
    ]);
  });

  it('quarantines a record in which an object has a key twice, whichever, whatever was read before', () => {
    const lines = [...generateBulk({ seed: 3, events: 400, pods: 4, nodes: 2 })];
    fc.assert(
      fc.property(fc.constantFrom(...lines), fc.nat(60), fc.boolean(), (line, choice, scans) => {
        const text = `${lines.join('\n')}\n${withKeyTwice(line, choice)}\n${line}\n`;
        const { batches } = ingestText(text, [100_000], {
          scansAfter: scans ? 0 : Number.POSITIVE_INFINITY,
        });
        expect(outcomesOf(batches).slice(-2)).toEqual(['quarantined: duplicate_key', 'decoded']);
        expect(outcomesOf(batches).filter((outcome) => outcome !== 'decoded')).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  it('puts each record in one column of the ledger', () => {
    const text = [exec('a'), '', '# a comment', '{"not":"ours"}', '{"broken":', exec('b'), ''].join(
      '\n',
    );
    const { batches, ingest } = ingestText(text);
    expect(outcomesOf(batches)).toEqual([
      'decoded',
      'skipped: comment',
      'quarantined: unknown_format',
      'quarantined: unterminated',
      'decoded',
    ]);
    expect(ingest.report).toMatchObject({ decoded: 2, skipped: 1, quarantined: 2, blank: 1 });
    expect(ingest.report.formats).toEqual(new Map([['tetragon', 2]]));
    expect(ingest.report.labels).toEqual(new Map([['process_exec', 2]]));
    expect(ingest.report.bytes).toBe(encoder.encode(text).length);
    expect(ingest.settled).toBe(ingest.report.bytes);
    expectLedger(batches, ingest);
  });

  it('keeps the ledger for any bytes in any chunks, and never throws', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(
        ...[
          exec('a'),
          '{',
          '}',
          '\n',
          '\r\n',
          '[',
          ']',
          ',',
          '"',
          '{"tls":{}}',
          '\ufeff',
          '# x',
        ].map((text) => encoder.encode(text)),
      ),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 5 }),
        (pieces, sizes) => {
          const bytes = Uint8Array.from(pieces.flatMap((part) => [...part]));
          const options = { maxRecordBytes: 256, batchRecords: 3 };
          const { batches, ingest } = ingestBytes(bytes, sizes, options);
          expectLedger(batches, ingest);
          const whole = ingestBytes(bytes, undefined, options);
          const rows = (all: readonly FactBatch[]): readonly string[] =>
            all.flatMap((batch) => Array.from(recordsOf(batch), (row) => print(row)));
          expect(rows(batches)).toEqual(rows(whole.batches));
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('keeps the bytes of every record as they were received', () => {
    const cri = `2026-01-01T00:00:00.000000001Z stdout F ${exec('a')}`;
    const docker = JSON.stringify({ log: `${exec('b')}\n`, stream: 'stdout', time: 'x' });
    const lines = [cri, docker, `12: ${exec('c')}`, exec('d'), '  # noise', '{"bad":}'];
    for (const size of [1, 7, 64, 100_000]) {
      const { batches } = ingestText(lines.join('\n'), [size]);
      expect(rawOf(batches).map((line) => line.trim())).toEqual(lines.map((line) => line.trim()));
      const { offset, length, line } = batches[0]?.records ?? {};
      expect(line).toEqual(Float64Array.from([1, 2, 3, 4, 5, 6]));
      const whole = lines.join('\n');
      for (const [row, text] of rawOf(batches).entries()) {
        const from = offset?.[row] ?? -1;
        expect(whole.slice(from, from + (length?.[row] ?? 0))).toBe(text);
      }
    }
  });

  it('rejoins the parts of a container runtime, with a newline between the lines kept', () => {
    const text = exec('a');
    const parts = [
      `2026-01-01T00:00:00Z stdout P ${text.slice(0, 30)}`,
      `2026-01-01T00:00:00Z stdout F ${text.slice(30)}`,
    ];
    const { batches, ingest } = ingestText(parts.join('\n'), [5]);
    expect(ingest.report).toMatchObject({ decoded: 1, quarantined: 0 });
    expect(rawOf(batches)).toEqual([parts.join('\n')]);
    const again = ingestText(rawOf(batches).join('\n'));
    expect(mergedFacts(again.batches)).toEqual(mergedFacts(batches));
  });

  it('keeps a UTF-16 log as the UTF-8 it was read as', () => {
    const units = `\ufeff${exec('a')}\r\n${exec('b')}\r\n`;
    const bytes = new Uint8Array(units.length * 2);
    for (let i = 0; i < units.length; i += 1) {
      bytes[2 * i] = units.charCodeAt(i) & 255;
      bytes[2 * i + 1] = units.charCodeAt(i) >> 8;
    }
    const { batches, ingest } = ingestBytes(bytes, [3]);
    expect(ingest.report.decoded).toBe(2);
    expect(rawOf(batches)).toEqual([exec('a'), exec('b')]);
  });

  it('quarantines an oversize record and keeps its bytes in rows', () => {
    const long = exec('a', `,"arguments":"${'x'.repeat(3_000_000)}"`);
    const text = `${exec('b')}\n${long}\n${exec('c')}\n`;
    for (const chunk of [65_536, 1_000_000, text.length]) {
      const { batches, ingest } = ingestText(text, [chunk], { maxRecordBytes: 1_000_000 });
      expect(outcomesOf(batches)).toEqual([
        'decoded',
        'quarantined: too_long',
        'continued: too_long',
        'continued: too_long',
        'decoded',
      ]);
      expect(rawOf(batches).slice(1, -1).join('')).toBe(long);
      expect(ingest.report).toMatchObject({ decoded: 2, quarantined: 1, continued: 2 });
    }
  });

  it('writes a record that never ends as it comes, without holding it', () => {
    const head = `${exec('b')}\n`;
    const endless = `{"process_exec":{"process":{"arguments":"${'y'.repeat(20_000_000)}`;
    const { batches, ingest } = ingestText(`${head}${endless}`, [250_000], {
      maxRecordBytes: 1_000_000,
      batchBytes: 4_000_000,
    });
    expect(rawOf(batches).slice(1).join('')).toBe(endless);
    expect(Math.max(...batches.map((batch) => batch.raw.kept.length))).toBeLessThan(6_000_000);
    expect(ingest.report).toMatchObject({ decoded: 1, quarantined: 1 });
    expectLedger(batches, ingest);
  });

  it('fills batches to the limits it was given, and hands out the rest on flush', () => {
    const text = Array.from({ length: 10 }, (_, index) => exec(`p${index}`)).join('\n');
    const { batches } = ingestText(text, undefined, { batchRecords: 4 });
    expect(batches.map((batch) => batch.records.count)).toEqual([4, 4, 2]);
    const small = ingestText(text, undefined, { batchBytes: 300 });
    expect(small.batches.length).toBeGreaterThan(3);
    expect(mergedFacts(small.batches)).toEqual(mergedFacts(batches));
  });

  it('keeps every digit of a cookie that stands as a bare number', () => {
    const body =
      '"source_ip":"10.0.0.1","destination_ip":"10.0.0.2","sock_cookie":18446635877108472320';
    const text = `{"process_connect":{"process":{"exec_id":"a"},${body}},"node_name":"n"}`;
    const { batches } = ingestText(text);
    expect(batches[0]?.strings).toContain('18446635877108472320');
  });

  it('reads records of any depth without growing the call stack', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const lines = [1, 2].map(
      (n) => `${exec('a', `,"pod":{"name":"p","labels":${deep}},"cap":${deep},"n":${n}`)}`,
    );
    const { ingest } = ingestText(lines.join('\n'));
    expect(ingest.report).toMatchObject({ decoded: 2, quarantined: 0 });
  });

  it('reads a stream alike whatever record comes first', () => {
    const fragment = '{"process_credentials_arg":{"uid":0}}';
    const first = ingestText(`${fragment}\n${exec('a')}`);
    const last = ingestText(`${exec('a')}\n${fragment}`);
    expect(first.ingest.report.reasons).toEqual(last.ingest.report.reasons);
    expect(mergedFacts(first.batches)).toEqual(mergedFacts(last.batches));
  });

  it('finds the same senses in wrapped records, whether they lie in one chunk or across two', () => {
    const lines = [...generateBulk({ seed: 3, events: 300, pods: 6, nodes: 2 })];
    const wrapped = lines.map((line) => `2026-01-01T00:00:00Z stdout F ${line}`).join('\n');
    const options = { hash: new Uint8Array(16).fill(7), batchRecords: 90 };
    const plain = ingestText(wrapped, undefined, {
      ...options,
      scansAfter: Number.POSITIVE_INFINITY,
    }).batches;
    for (const size of [700, 5_000, wrapped.length]) {
      const { batches } = ingestText(wrapped, [size], { ...options, scansAfter: 0 });
      expect(sensesOf(batches)).toEqual(sensesOf(plain));
    }
  });

  it('says the same of lines it takes whole and of lines it cuts, whatever stands between and wherever chunks end', () => {
    const lines = [...generateBulk({ seed: 5, events: 120, pods: 3, nodes: 2 })];
    const between = fc.constantFrom(
      '',
      '# a comment',
      '\0\0',
      '{"not":"ours"}',
      '{"broken":',
      '2026-01-01T00:00:00Z stdout F {"a":1}',
      '[',
      ']',
      exec('a'),
      `${exec('b')} ${exec('c')}`,
      exec('long', `,"arguments":"${'x'.repeat(20_000)}"`),
    );
    const ends = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '\n\n', ' \n', ',\n');
    const piece = fc.tuple(
      fc.nat(lines.length - 1),
      fc.integer({ min: 1, max: 12 }),
      between,
      ends,
      fc.option(fc.nat(40)),
    );
    const sizes = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 6 });
    const arenas = new ArenaShelf(1);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), sizes, (pieces, chunks) => {
        const text = pieces
          .map(([from, count, other, end, comma]) =>
            [...lines.slice(from, from + count), other]
              .map((line) => brokenAt(line, comma) + end)
              .join(''),
          )
          .join('');
        const options = { hash: new Uint8Array(16).fill(3), batchRecords: 9, startsAt: 5 };
        const plain = ingestText(text, undefined, {
          ...options,
          scansAfter: Number.POSITIVE_INFINITY,
        });
        for (const cut of [undefined, chunks]) {
          const { batches, ingest } = ingestText(text, cut, { ...options, scansAfter: 0, arenas });
          ingest.close();
          const rows = (all: readonly FactBatch[]): readonly string[] =>
            all.flatMap((batch) => Array.from(recordsOf(batch), (row) => print(row)));
          expect(rows(batches)).toEqual(rows(plain.batches));
          expect(sensesOf(batches)).toEqual(sensesOf(plain.batches));
          expect(mergedFacts(batches)).toEqual(mergedFacts(plain.batches));
          expect(ingest.report).toEqual(plain.ingest.report);
          expect(ingest.settled).toBe(plain.ingest.settled);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('refuses what the one format it was given does not know, and an unknown format at once', () => {
    const { ingest } = ingestText('{"flow":{}}', undefined, { format: 'tetragon' });
    expect(ingest.report.reasons).toEqual(new Map([['no_event', 1]]));
    expect(() => ingestText('', undefined, { format: 'nonsense' })).toThrow('nonsense');
  });

  it('counts at most 256 distinct labels of a hostile log by name', () => {
    const lines = Array.from(
      { length: 400 },
      (_, index) => `{"process_x${index}":{"process":{"exec_id":"a"}},"node_name":"n"}`,
    );
    const { ingest } = ingestText(lines.join('\n'));
    expect(ingest.report.labels.size).toBe(257);
    expect(ingest.report.labels.get('other')).toBe(144);
  });

  it('notes the first and last time of its events', () => {
    const late = exec('b').replace('00:00:00Z', '00:00:09.5Z');
    const { ingest } = ingestText(`${late}\n${exec('a')}`);
    const { firstTime, lastTime } = ingest.report;
    expect((lastTime ?? 0n) - (firstTime ?? 0n)).toBe(9_500_000_000n);
  });

  it('gives each piece of the broken log the fate that its maker expects', () => {
    const { text, truth } = generateBrokenLog(11);
    const { batches, ingest } = ingestText(text, [1000]);
    expectLedger(batches, ingest);
    const hashes = new Set<bigint>();
    const fates = { stored: 0, duplicate: 0, quarantined: 0, skipped: 0 };
    for (const batch of batches) {
      for (const { hash, outcome } of recordsOf(batch)) {
        if (hashes.has(hash)) fates.duplicate += 1;
        else if (outcome === 'quarantined' || outcome === 'skipped') fates[outcome] += 1;
        else fates.stored += 1;
        hashes.add(hash);
      }
    }
    const { blank } = ingest.report;
    const { in: total, ...expected } = truth.ledger;
    expect({ ...fates, blank }).toEqual(expected);
    expect(Object.values(fates).reduce((sum, n) => sum + n, blank)).toBe(total);
    expect(ingest.report.labels.get(truth.unknownKind.kind)).toBe(1);
    // Named by nothing, or by the place-holder of a process that the agent had lost.
    const lost = batches
      .flatMap((batch) => [...eventsOf(batch)])
      .filter(({ kind }) => kind !== 'throttle' && kind !== 'rate_limit')
      .filter(({ process }) => process === '' || process.startsWith('unattributed:'));
    expect(lost).toHaveLength(truth.unattributed);
  });
});
