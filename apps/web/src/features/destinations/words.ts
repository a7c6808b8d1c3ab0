import { evidenceWords } from '@forebear/model/words/evidenceWords';

/** How a name is known, for people. */
export function nameWords(name: string | null, evidence: string): string {
  if (evidence === '') return name === null ? 'address only' : '–';
  return evidenceWords(evidence);
}
