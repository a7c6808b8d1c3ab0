// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AnswerFacts } from './AnswerFacts.tsx';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function facts(isOld: boolean) {
  return (
    <AnswerFacts isOld={isOld} what="pods">
      200 pods
    </AnswerFacts>
  );
}
function pass(ms: number): void {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
}

describe('the facts of a list', () => {
  it('are not those of the last question while a new one is on its way', () => {
    const { rerender } = render(facts(true));
    pass(400);
    expect(screen.getByRole('status').textContent).toContain('Looking for the pods');
    expect(screen.queryByText('200 pods')).toBeNull();
    rerender(facts(false));
    expect(screen.getByText('200 pods')).toBeTruthy();
  });

  it('stay for an answer that comes before one could read that it is looked for', () => {
    const { rerender } = render(facts(true));
    pass(200);
    expect(screen.getByText('200 pods')).toBeTruthy();
    rerender(facts(false));
    pass(400);
    rerender(facts(true));
    expect(screen.getByText('200 pods')).toBeTruthy();
  });
});
