import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { FactBatch } from '../event/factBatch.ts';
import { eventsOf, recordsOf } from '../event/readFactBatch.ts';
import { detectText } from './detect.ts';
import { formats } from './registry.ts';
import { ingestText } from './testing/ingestText.ts';
import { mergedFacts, print } from './testing/mergedFacts.ts';

// Finds the fixtures of formats of plain text by their folders, as the matrix does.
const here = fileURLToPath(new URL('.', import.meta.url));
const files = formats
  .filter(({ sniffText }) => sniffText !== undefined)
  .flatMap(({ id }) => globSync(`${here}${id}/fixtures/*.{log,txt}`).sort())
  .filter((file) => !file.endsWith('.dump.txt'))
  .map((file): [name: string, text: string] => [
    `${basename(dirname(dirname(file)))}/${basename(file)}`,
    readFileSync(file, 'utf8'),
  ]);

function rowsOf(batches: readonly FactBatch[]): readonly string[] {
  return batches.flatMap((batch) => [
    ...Array.from(recordsOf(batch), (record) => print(record)),
    ...Array.from(eventsOf(batch), (event) => print(event)),
  ]);
}

describe('a log of plain text', () => {
  it.each(files)('%s says the same wherever chunks end', (_, text) => {
    const whole = rowsOf(ingestText(text).batches);
    for (let size = 1; size <= 64; size += 1) {
      expect(rowsOf(ingestText(text, [size]).batches)).toEqual(whole);
    }
    expect(rowsOf(ingestText(text.replaceAll('\n', '\r\n')).batches)).toHaveLength(whole.length);
  });

  it.each(files)('%s is a record a line, none of them noise', (_, text) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    for (const line of lines)
      expect([line, detectText(line, formats).kind]).toEqual([line, 'format']);
    const { report } = ingestText(text).ingest;
    expect(report.decoded + report.skipped + report.quarantined).toBe(lines.length);
    expect(report.reasons.get('text') ?? 0).toBe(0);
  });

  it.each(files)(
    '%s says the same as a container’s log, and when its raw records are read again',
    (_, text) => {
      const facts = (log: string) => eventsIn(ingestText(log).batches);
      const wrapped = text.replaceAll(/^(?=.*\S)/gm, '2026-01-01T00:00:00Z stdout F ');
      expect(facts(wrapped)).toHaveLength(facts(text).length);
      const { batches } = ingestText(text);
      const decoder = new TextDecoder();
      const again = batches.flatMap((batch) =>
        Array.from(recordsOf(batch), ({ bytes }) => decoder.decode(bytes)),
      );
      expect(mergedFacts(ingestText(again.join('\n')).batches)).toEqual(mergedFacts(batches));
    },
  );
});

function eventsIn(batches: readonly FactBatch[]): readonly string[] {
  return batches.flatMap((batch) =>
    Array.from(eventsOf(batch), ({ label, kind }) => `${kind} ${label}`),
  );
}
