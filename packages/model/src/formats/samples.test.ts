import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { recordsOf } from '../event/readFactBatch.ts';
import { FactSet } from '../graph/facts/factSet.ts';
import { storyOf } from '../graph/testing/told.ts';
import { ingestBytes } from './testing/ingestText.ts';

/** Real lines, as data, where the machine has them. */
const samples = process.env['FOREBEAR_SAMPLES'] ?? '';
const files = existsSync(samples) ? globSync('*/*', { cwd: samples }).sort() : [];
if (files.length === 0) {
  process.stderr.write('conformance skipped: no samples (set FOREBEAR_SAMPLES)\n');
}
/** Written by this test with `vitest -u`, to be read before it is committed. */
const table = fileURLToPath(new URL('../../../../docs/reference/conformance.md', import.meta.url));

/** Why it is right that a record was not understood, by file and line. */
const judgements = new Map([
  [
    'falco/falcosecurity__docs-json-blocks.ndjson:5',
    'an example written by hand: its time (`…Z+2`) is none, and `evt.time` counts microseconds',
  ],
  [
    'tetragon/cilium__tetragon__docs-json-blocks.ndjson:13',
    'one argument of a probe, printed alone in the documentation: no event',
  ],
  [
    'zeek/zeek__zeek__ascii-json_ssh.log:2',
    'no JSON: the test that wrote it put `XXXXXXXXXX.XXXXXX` in the place of a time',
  ],
  ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((line): [string, string] => [
    `zeek/zeek__zeek__ascii-json-iso-timestamps_ssh.log:${line}`,
    'a time and nothing else: neither stream nor connection, so that nobody could tell whose it is',
  ]),
]);

/** What a skipped record is, by reason. */
const skips = new Map([
  ['comment', 'a comment at the head of the file'],
  ['metrics', 'Falco’s figures of itself'],
  ['sidekick_test', 'what Falcosidekick sends to try its outputs'],
  ['text', 'a line of prose between records'],
]);

interface Refused {
  readonly place: string;
  readonly outcome: string;
  readonly reason: string;
}

interface Ingested {
  readonly cells: readonly (string | number)[];
  readonly refused: readonly Refused[];
}

function ingested(file: string): Ingested {
  const received = readFileSync(`${samples}/${file}`);
  const bytes = new Uint8Array(file.endsWith('.gz') ? gunzipSync(received) : received);
  const { batches, ingest } = ingestBytes(bytes, [4096], { path: file });
  const set = new FactSet();
  for (const batch of batches) set.add(batch);
  const facts = set.facts();
  const { processes, loose } = storyOf(facts).derived;
  const leaves = [...processes, ...loose].flatMap(({ connections }) => connections).length;
  const { report } = ingest;
  const { decoded, skipped, quarantined, events } = report;
  const records = decoded + skipped + quarantined;
  const formats = [...report.formats.keys()].map((id) => `\`${id}\``).join(' ');
  const refused = batches
    .flatMap((batch) => [...recordsOf(batch)])
    .filter(({ outcome }) => outcome === 'quarantined' || outcome === 'skipped')
    .map(({ line, outcome, reason }) => ({ place: `${file}:${line}`, outcome, reason }));
  const counts = [records, decoded, skipped, quarantined, events];
  return {
    cells: [file, formats, ...counts, processes.length, facts.alerts.length, leaves],
    refused,
  };
}

const head = [
  '# Conformance',
  '',
  'What becomes of published log lines, file by file: the folder that `FOREBEAR_SAMPLES` names, each file through the whole ingest and the graph,',
  'alone. Written by `formats/samples.test.ts` (`vitest -u`), and checked by it where there are samples. Every record is stored, or refused with a reason that a',
  'person has found right. Connections are leaves: what one process or pod did with one remote.',
  '',
];

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function documentOf(all: readonly Ingested[]): string {
  const refused = all.flatMap((one) => one.refused);
  const quarantined = refused.filter(({ outcome }) => outcome === 'quarantined');
  const skipped = Map.groupBy(
    refused.filter(({ outcome }) => outcome === 'skipped'),
    ({ place, reason }) => `${place.slice(0, place.lastIndexOf(':'))}\0${reason}`,
  );
  const titles = ['records', 'stored', 'skipped', 'quarantined', 'events'];
  return [
    ...head,
    row(['file', 'formats', ...titles, 'processes', 'alerts', 'connections']),
    row(['---', '---', ...Array.from({ length: 8 }, () => '--:')]),
    ...all.map(({ cells }) => row(cells)),
    '',
    '## Quarantined',
    '',
    row(['file and line', 'reason', 'why that is right']),
    row(['---', '---', '---']),
    ...quarantined.map(({ place, reason }) =>
      row([place, `\`${reason}\``, judgements.get(place) ?? 'NOT JUDGED']),
    ),
    '',
    '## Skipped',
    '',
    row(['file', 'reason', 'records', 'what they are']),
    row(['---', '---', '--:', '---']),
    ...[...skipped].map(([key, places]) => {
      const [file = '', reason = ''] = key.split('\0');
      return row([file, `\`${reason}\``, places.length, skips.get(reason) ?? 'NOT JUDGED']);
    }),
    '',
  ].join('\n');
}

describe.runIf(files.length > 0)('published log lines', () => {
  const all = files.map(ingested);

  it('become what the table says', async () => {
    await expect(documentOf(all)).toMatchFileSnapshot(table);
  });

  it('are stored, each record, or refused with a reason that a person has judged', () => {
    const unjudged = all
      .flatMap(({ refused }) => refused)
      .filter(({ place, outcome, reason }) =>
        outcome === 'skipped' ? !skips.has(reason) : !judgements.has(place),
      );
    expect(unjudged).toEqual([]);
  });

  it('are of the format whose folder they lie in', () => {
    const expected = new Map([
      ['hubble-enterprise', 'tetragon'],
      ['k8s-audit', 'audit'],
      ['otlp', 'kubearmor'],
    ]);
    const met = all.flatMap(({ cells: [file, ids] }) => (ids === '' ? [] : [[file, ids]]));
    const own = met.map(([file]) => {
      const folder = dirname(String(file));
      return [file, `\`${expected.get(folder) ?? folder}\``];
    });
    expect(met).toEqual(own);
  });
});
