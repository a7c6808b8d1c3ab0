const words: ReadonlyMap<string, string> = new Map([
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

/** Where an address leads, for people; a scope that we do not know is said as it came. */
export function scopeWords(scope: string): string {
  return words.get(scope) ?? scope.replaceAll('_', ' ');
}
