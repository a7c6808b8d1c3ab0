/** What is said of a name that no person seems to have thought of. */
export const randomNameWords = 'looks random';

/** The same as a mark beside a name. */
export const randomNameMark = 'RANDOM NAME';

/** What a mark of a random name explains; `detail`: the figures behind it, where there are any. */
export function randomNameReason(detail = ''): string {
  return `The name ${randomNameWords}${detail === '' ? '' : `: ${detail}`}`;
}
