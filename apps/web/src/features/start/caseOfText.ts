const CASE_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/i;

/** The case that an empty field means. */
export const unnamedCase = 'default';

/** The case that the field's text means; undefined: none, for it is no name of a case, and nothing may go anywhere in its stead. */
export function caseOfText(text: string): string | undefined {
  const name = text.trim();
  if (name === '') return unnamedCase;
  return CASE_NAME.test(name) ? name : undefined;
}
