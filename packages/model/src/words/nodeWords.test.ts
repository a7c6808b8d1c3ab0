import { describe, expect, it } from 'vitest';
import { tellsRate } from './nodeWords.ts';

describe('the rate of a node', () => {
  it('is told of events enough, and of a time that they took', () => {
    expect(tellsRate({ events: 2, rate: 40_000 })).toBe(false);
    expect(tellsRate({ events: 10, rate: 0 })).toBe(false);
    expect(tellsRate({ events: 10, rate: 2.5 })).toBe(true);
  });
});
