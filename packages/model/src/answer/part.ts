import type { Derived } from '../graph/derived.ts';

/**
 * A part of a case: a forest, and what of it the part answers for. The parts of a case answer for each process, pod and
 * hop (with its caller) once, and each of those comes out of its part as out of the whole.
 */
export interface Part {
  readonly derived: Derived;
  /** By index of a process. */
  readonly ownsProcess: (index: number) => boolean;
  /** By index of a pod. */
  readonly ownsPod: (index: number) => boolean;
}

/** The one part of a case that was derived whole. */
export function wholePart(derived: Derived): Part {
  return { derived, ownsProcess: () => true, ownsPod: () => true };
}
