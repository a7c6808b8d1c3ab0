import type { Completeness } from '@forebear/model/wire/primitives';
import { completenessWords } from '@forebear/model/words/completenessWords';
import { countText } from './figures.ts';

/** What an answer can vouch for, in one line: the page's words, as a sentence. */
export function completenessText(completeness: Completeness): string {
  const words = completenessWords(completeness, countText);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
