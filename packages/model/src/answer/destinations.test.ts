import { describe, expect, it } from 'vitest';
import { parseFilter } from '../query/parseFilter.ts';
import { destinationItem } from '../wire/network.ts';
import { callsOf, DestinationSums, describeDestination } from './destinations.ts';
import { wholePart } from './part.ts';
import { keepsLeaf } from './subjects.ts';
import { incidentContext } from './testing/incidentContext.ts';

const { derived } = incidentContext();

function destinationsOf(filter: string) {
  const parsed = parseFilter(filter);
  if (!parsed.ok) throw new Error(parsed.message);
  const calls = callsOf(wholePart(derived), (process, leaf) =>
    keepsLeaf(parsed.filter, derived, process, leaf),
  );
  const sums = new DestinationSums();
  sums.add(calls, 0);
  return sums.ordered().map((sum) =>
    destinationItem.parse(
      describeDestination(
        sum,
        calls.filter(({ key }) => key === sum.key),
      ),
    ),
  );
}

describe('what was judged of the connections to a destination', () => {
  const items = destinationsOf('');

  it('is told with the gravest judgement, and each with its count', () => {
    const judged = items.filter(({ verdict }) => verdict !== '');
    expect(new Set(judged.map(({ verdict }) => verdict)).size).toBeGreaterThan(1);
    for (const { verdict, verdicts, connections } of items) {
      expect(verdicts[0]?.verdict ?? '').toBe(verdict);
      const counts = verdicts.reduce((sum, { count }) => sum + count, 0);
      expect(counts).toBeLessThanOrEqual(connections);
    }
  });

  it('can be asked for', () => {
    const stopped = items.filter(({ verdict }) => verdict === 'DROPPED' || verdict === 'BLOCKED');
    const asked = ['DROPPED', 'BLOCKED'].flatMap((one) => destinationsOf(`fd.verdict = ${one}`));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.map(({ ip, port }) => `${ip}:${port}`).sort()).toEqual(
      stopped.map(({ ip, port }) => `${ip}:${port}`).sort(),
    );
  });
});
