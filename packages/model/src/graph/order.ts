import type { Nanos } from '../event/time.ts';

/** Orders text by code unit: the same on every machine, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Orders bigints. */
export function compareBig(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Orders times and counters; an absent one comes last. */
export function compareAbsentLast(a: bigint | undefined, b: bigint | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}

/** The earlier of two times; an absent one says nothing. */
export function earlier(a: Nanos | undefined, b: Nanos | undefined): Nanos | undefined {
  if (a === undefined) return b;
  return b !== undefined && b < a ? b : a;
}

/** The later of two times; an absent one says nothing. */
export function later(a: Nanos | undefined, b: Nanos | undefined): Nanos | undefined {
  if (a === undefined) return b;
  return b !== undefined && b > a ? b : a;
}

/** The larger of two texts, numbers or bigints; an absent one says nothing. The tie-break of every merge. */
export function larger<T extends string | number | bigint>(
  a: T | undefined,
  b: T | undefined,
): T | undefined {
  if (a === undefined) return b;
  return b !== undefined && b > a ? b : a;
}

/** The sum of two counters; an absent one says nothing: absent and absent is not 0. */
export function sumCounters(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : a + b;
}
