/** What is known of a late process: `isNew` null is novelty unknown; `isLoud`: it is not to be quiet about. */
export interface Lateness {
  readonly isNew: boolean | null;
  readonly isLoud: boolean;
}

/** What a process that is late and new is called, everywhere. */
export const lateAndNew = 'late and new';

/**
 * What a late process is called: what is new is told from what was seen before by words, not by capitals or colour. One that was
 * seen before, or of which that is unknown, and is loud all the same (it rose to root, called somebody new) is `late, flagged`.
 */
export function lateWords({ isNew, isLoud }: Lateness): string {
  if (isNew === true) return lateAndNew;
  if (isLoud) return 'late, flagged';
  return isNew === null ? 'late, novelty unknown' : 'late, seen before';
}
