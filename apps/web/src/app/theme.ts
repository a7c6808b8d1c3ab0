import { recall, remember } from '../kit/remembered.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The reader's choice on this machine; the system's when they made none. */
export function storedTheme(): Theme {
  const stored = recall('theme');
  return themes.find((theme) => theme === stored) ?? 'system';
}

/** Draws the page in a theme. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

/** Draws the page in a theme and remembers it. */
export function chooseTheme(theme: Theme): void {
  remember('theme', theme);
  applyTheme(theme);
}
