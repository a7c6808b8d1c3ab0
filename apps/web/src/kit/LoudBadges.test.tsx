// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { LoudBadges } from './LoudBadges.tsx';

afterEach(cleanup);

function spoken(
  lateNew: boolean,
  outOfPlace: readonly string[],
  narrow: boolean | 'signs' = false,
): string[] {
  const { container } = render(<LoudBadges process={{ lateNew, outOfPlace }} narrow={narrow} />);
  const words = [...container.querySelectorAll('[title]')].map(
    (badge) => badge.getAttribute('title') ?? '',
  );
  cleanup();
  return words;
}

describe('the marks of a process that another row names', () => {
  it('say that it left its container, though it is not late', () => {
    expect(spoken(false, ['left_container'])).toEqual(['left its container']);
    expect(spoken(false, ['left_container'], true)).toEqual(['left its container']);
  });

  it('say both, and nothing of a quiet one', () => {
    expect(spoken(true, ['late_container'])).toEqual(['late and new', 'late container']);
    expect(spoken(false, [])).toEqual([]);
  });

  it('say the same as signs alone, so that the name beside them has the room', () => {
    expect(spoken(true, ['late_container'], 'signs')).toEqual(['late and new', 'late container']);
    const process = { lateNew: true, outOfPlace: ['late_container'] };
    const { container } = render(<LoudBadges process={process} narrow="signs" />);
    const seen = [...container.querySelectorAll('[aria-hidden]')].map((one) => one.textContent);
    expect(seen.filter((text) => text !== '')).toEqual(['◷', '⇱']);
  });
});
