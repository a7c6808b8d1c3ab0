import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Dialect, dialects } from '../event/dialects.ts';
import type { FactBatch } from '../event/factBatch.ts';
import { FactSet } from '../graph/facts/factSet.ts';
import { forestLines } from '../graph/testing/forestLines.ts';
import { storyOf } from '../graph/testing/told.ts';
import { incidentBegan, incidentOf } from '../scenario/testing/incidentOf.ts';
import { formats } from './registry.ts';
import { forestText } from './testing/forest.ts';
import { ingestText } from './testing/ingestText.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

interface LogFile {
  readonly path: string;
  readonly text: string;
}

/** What a dialect alone gives of the incident of the shop. */
function batchesOf(dialect: Dialect, files: readonly LogFile[]): readonly FactBatch[] {
  return files.flatMap(({ path, text }) => {
    const { batches, ingest } = ingestText(text, [65_536], { path });
    expect([path, ingest.report.quarantined]).toEqual([path, 0]);
    expect([...ingest.report.formats.keys()]).toEqual([dialect]);
    return batches;
  });
}

function storyIn(batches: readonly FactBatch[]) {
  const set = new FactSet();
  for (const batch of batches) set.add(batch);
  return storyOf(set.facts());
}

/** Dialects whose records name no process: they have events, and what happened lies with its pod. */
const treeless = ['audit', 'compact', 'hubble', 'zeek'];

const registered = new Set(formats.map(({ id }) => id));

describe.each(dialects.filter((dialect) => registered.has(dialect)))('%s alone', (dialect) => {
  const files = incidentOf(dialect);
  const batches = batchesOf(dialect, files);
  const { derived } = storyIn(batches);

  it('gives of the incident the tree that its data allow', async () => {
    const text = forestLines(derived, incidentBegan).join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot(`${here}${dialect}/trees/incident.txt`);
  });

  it('has a tree when its records name processes, and else events alone', () => {
    expect(derived.processes.length > 0).toBe(!treeless.includes(dialect));
    const events = batches.reduce((sum, batch) => sum + batch.events.count, 0);
    expect(events).toBeGreaterThan(0);
  });

  it('gives the same tree when its files and their lines come backwards', () => {
    const backwards = files
      .toReversed()
      .map(({ path, text }) => ({ path, text: text.trimEnd().split('\n').reverse().join('\n') }));
    const told = batchesOf(dialect, backwards);
    expect(forestText(told) === forestText(batches)).toBe(true);
  });
});
