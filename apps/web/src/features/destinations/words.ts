import { evidenceWords } from '@forebear/model/words/evidenceWords';

const SCOPES = new Map([
  ['public', 'external'],
  ['private', 'private'],
  ['pod', 'pod'],
  ['service', 'service'],
  ['node', 'node'],
  ['api_server', 'API server'],
  ['dns', 'DNS'],
  ['metadata', 'metadata'],
  ['loopback', 'loopback'],
]);

/** A scope for people; one that we do not know is said as it came. */
export function scopeWords(scope: string): string {
  return SCOPES.get(scope) ?? scope;
}

/** How a name is known, for people. */
export function nameWords(name: string | null, evidence: string): string {
  if (evidence === '') return name === null ? 'address only' : '–';
  return evidenceWords(evidence);
}
