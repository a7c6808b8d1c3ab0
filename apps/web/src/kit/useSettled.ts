import { useState } from 'react';

/**
 * The value with which what is on screen was asked for: the given one when it has settled, else the last that had. While an
 * answer is on its way, the one before it stays, under the question that it answers.
 */
export function useSettled<T>(value: T, isSettled: boolean): T {
  const [settled, setSettled] = useState(value);
  if (!isSettled) return settled;
  if (settled !== value) setSettled(value);
  return value;
}
