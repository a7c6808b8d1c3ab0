import { describe, expect, it } from 'vitest';
import { timeNotApplied } from './timeNotApplied.ts';

describe('a time that is counted from main', () => {
  it('is said not to be applied, with its ends as the link has them', () => {
    const range = { from: { afterMs: 351_900 }, to: { afterMs: 404_000 } };
    expect(timeNotApplied(range)).toBe('not applied: +351900ms..+404s counts from a pod’s main');
  });

  it('is said by the end that counts from there alone', () => {
    const range = { from: { at: '2026-03-14T07:06:00Z' }, to: { afterMs: 60_000 } };
    expect(timeNotApplied(range)).toBe('not applied: ..+60s counts from a pod’s main');
  });

  it('is nothing where the time is of the clock, or all of it', () => {
    expect(timeNotApplied({ from: { at: '2026-03-14T07:06:00Z' }, to: undefined })).toBe('');
    expect(timeNotApplied(undefined)).toBe('');
  });
});
