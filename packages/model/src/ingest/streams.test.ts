import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArenaShelf } from '../arena/arenaShelf.ts';
import type { FactBatch } from '../event/factBatch.ts';
import {
  eventsOf,
  exitFactsOf,
  lookupFactsOf,
  recordsOf,
  socketFactsOf,
} from '../event/readFactBatch.ts';
import { sightingsOf } from '../event/readSightings.ts';
import { ingestText } from '../formats/testing/ingestText.ts';
import { print } from '../formats/testing/mergedFacts.ts';
import { generateBrokenLog } from '../scenario/brokenLog.ts';
import { generateBulk } from '../scenario/bulk.ts';
import { createIngest } from './ingest.ts';

/** All that batches say, in order: records with their bytes and hashes, events, sightings, details. */
function told(batches: readonly FactBatch[]): string {
  return print(
    batches.map((batch) => [
      Array.from(recordsOf(batch), ({ bytes, ...record }) => [record, [...bytes].join()]),
      [...eventsOf(batch)],
      [...sightingsOf(batch)],
      [...socketFactsOf(batch)],
      [...lookupFactsOf(batch)],
      [...exitFactsOf(batch)],
      [...batch.events.sense],
    ]),
  );
}

describe('a stream that hands on its arena', () => {
  it('reads a stream in an arena that another has left as in one of its own', () => {
    const texts = [
      [...generateBulk({ seed: 1, events: 400, pods: 6, nodes: 2 })].join('\n'),
      // The same words of other processes, the same processes in other words.
      [...generateBulk({ seed: 2, events: 400, pods: 6, nodes: 2 })].join('\n'),
      [...generateBulk({ seed: 1, events: 300, pods: 6, nodes: 2 })].reverse().join('\n'),
      generateBrokenLog(5).text,
    ];
    const options = { scansAfter: 0, hash: new Uint8Array(16).fill(7), batchRecords: 90 };
    const alone = texts.map((text) => told(ingestText(text, [5_000], options).batches));
    const order = fc.array(fc.nat(texts.length - 1), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(order, (indexes) => {
        const arenas = new ArenaShelf(1);
        for (const index of indexes) {
          const { batches, ingest } = ingestText(texts[index] ?? '', [5_000], {
            ...options,
            arenas,
          });
          ingest.close();
          expect(told(batches) === alone[index]).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('takes nothing more once it is closed: another may be reading in its arena', () => {
    const ingest = createIngest({
      cluster: '',
      hash: new Uint8Array(16),
      arenas: new ArenaShelf(1),
    });
    ingest.close();
    ingest.close();
    for (const use of [
      () => ingest.push(new Uint8Array(1)),
      () => ingest.flush(),
      () => ingest.end(),
    ])
      expect(use).toThrow('closed');
  });
});
