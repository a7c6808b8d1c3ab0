/** What a process is loud for other than its time, gravest first. */
const MARKS: readonly (readonly [code: string, words: string])[] = [
  ['left_container', 'left its container'],
  ['late_container', 'late container'],
];

/** What a process is loud for other than its time, in words; empty: nothing. `flags`: codes, of which others count not. */
export function outOfPlaceWords(flags: readonly string[]): string {
  return MARKS.flatMap(([code, words]) => (flags.includes(code) ? [words] : [])).join(', ');
}

/** Why a process that is not late is loud all the same, in words; `flags`: the codes of its flags. */
export function flagMark(flags: readonly string[]): string {
  const words = outOfPlaceWords(flags);
  return words === '' ? 'flagged' : words;
}

/** What the main process of a container is called: with doubt when its parent is known by its id alone. */
export function mainWord(flags: readonly string[]): 'MAIN' | 'MAIN?' {
  return flags.includes('main_unsure') ? 'MAIN?' : 'MAIN';
}

/** The processes of a pod that are out of place, by why. */
export interface Astray {
  readonly leftContainer: number;
  readonly lateContainer: number;
}

export function countAstray({ leftContainer, lateContainer }: Astray): number {
  return leftContainer + lateContainer;
}

/** `2 left their container, 1 in a late container`; empty for none. */
export function escapeWords(leftContainer: number, lateContainer: number): string {
  return [
    leftContainer === 0
      ? ''
      : `${leftContainer} left ${leftContainer === 1 ? 'its' : 'their'} container`,
    lateContainer === 0 ? '' : `${lateContainer} in a late container`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
