/** What a process is loud for other than its time, gravest first. */
const MARKS: readonly (readonly [code: string, words: string])[] = [
  ['left_container', 'left its container'],
  ['late_container', 'late container'],
];

/** Why a process that is not late is loud all the same, in words; `flags`: the codes of its flags. */
export function flagMark(flags: readonly string[]): string {
  return MARKS.find(([code]) => flags.includes(code))?.[1] ?? 'flagged';
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
