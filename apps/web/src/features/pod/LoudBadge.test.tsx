// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { LoudBadge } from './LoudBadge.tsx';

afterEach(cleanup);

function wordsOf(late: number, flags: readonly string[]): string {
  return render(
    <LoudBadge late={late} limit={60_000} isNew={flags.includes('late_new')} flags={flags} />,
  ).container.textContent;
}

describe('the badge of a loud process', () => {
  it('says how late it is', () => {
    expect(wordsOf(302_000, ['late_new'])).toMatch(/^◷\+5 m 02\S* s late and new$/);
  });

  it('says that one seen before is late, and flagged for something else', () => {
    expect(wordsOf(302_000, ['raised_to_root'])).toContain('late, flagged');
  });

  it('says what else it is loud for, and nothing of lateness when it is not late', () => {
    expect(wordsOf(2_000, ['left_container'])).toBe('⇱left its container');
  });

  it('says both when it is both', () => {
    expect(wordsOf(302_000, ['late_new', 'left_container'])).toMatch(
      /late and new⇱left its container$/,
    );
  });
});
