/**
 * Preferences of this browser: sizes, theme. Never evidence and never part of a link. A browser that keeps
 * nothing (private mode, storage refused) is no error: the preference lives until the page is closed.
 */
const PREFIX = 'forebear.';

/** Reads what was remembered under a name; undefined when nothing was. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** The same as a finite number. */
export function readNumber(name: string): number | undefined {
  const text = recall(name);
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Remembers a value under a name. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is refused: nothing to do, nothing lost but the preference.
  }
}
