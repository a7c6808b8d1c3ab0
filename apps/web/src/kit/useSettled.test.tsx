// @vitest-environment jsdom
import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useSettled } from './useSettled.ts';

it('names the question of the answer on screen, until the next one is answered', () => {
  const { result, rerender } = renderHook(
    ({ filter, isSettled }) => useSettled(filter, isSettled),
    { initialProps: { filter: '', isSettled: true } },
  );
  rerender({ filter: 'curl', isSettled: false });
  expect(result.current).toBe('');
  rerender({ filter: 'nc', isSettled: false });
  expect(result.current).toBe('');
  rerender({ filter: 'nc', isSettled: true });
  expect(result.current).toBe('nc');
});
