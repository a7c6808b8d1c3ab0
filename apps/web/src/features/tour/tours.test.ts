import { describe, expect, it } from 'vitest';
import { samples } from '../../api/commands.ts';
import { destinations, pods } from '../../testing/fakeData.ts';
import { hops } from '../../testing/fakeHops.ts';
import { defaultView } from '../../url/view.ts';
import { parseView } from '../../url/viewUrl.ts';
import { tourOf } from './tours.ts';

const facts = { caseName: 'sample-x', view: defaultView, pods, destinations, hops };

describe('the tour of a sample', () => {
  it('has four or five steps, each with words of its own and a place in the case', () => {
    for (const { name } of samples) {
      const steps = tourOf(name, facts);
      expect(steps.length).toBeGreaterThanOrEqual(4);
      expect(steps.length).toBeLessThanOrEqual(5);
      expect(new Set(steps.map(({ says }) => says)).size).toBe(steps.length);
      for (const { target } of steps) expect(target.params.case).toBe('sample-x');
    }
  });

  it('has the number of each step in its address, so that a reload stays and back goes back', () => {
    for (const { name } of samples) {
      const at = tourOf(name, facts).map(({ target }) => parseView(target.search).tour);
      expect(at).toEqual(at.map((_, place) => place));
    }
  });

  it('leads to the process that called the random name', () => {
    const step = tourOf('reverse-shell', facts).find(({ title }) => title === 'Whom it talked to');
    expect(step?.target.search).toMatchObject({
      n: destinations[0]?.processes[0]?.ref,
      tab: 'network',
    });
  });

  it('leaves out what the case does not hold, and is nothing without a pod', () => {
    expect(tourOf('reverse-shell', { ...facts, destinations: [], hops: [] })).toHaveLength(3);
    expect(tourOf('broken', { ...facts, pods: [] })).toEqual([]);
  });
});
