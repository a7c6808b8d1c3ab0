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

const EVIDENCE = new Map([
  ['destination_names', 'the event itself'],
  ['socket', 'its socket'],
  ['sni', 'TLS SNI'],
  ['http_host', 'HTTP host'],
  ['dns_process', 'DNS, same process'],
  ['dns_pod', 'DNS, same pod'],
  ['flow', 'Hubble flow'],
  ['zeek', 'Zeek'],
  ['pod', 'pod address'],
  ['service', 'service address'],
  ['direct', 'never looked up'],
]);

/** A scope for people; one that we do not know is said as it came. */
export function scopeWords(scope: string): string {
  return SCOPES.get(scope) ?? scope;
}

/** How a name is known, for people. */
export function evidenceWords(name: string | null, evidence: string): string {
  if (evidence === '') return name === null ? 'address only' : '–';
  return EVIDENCE.get(evidence) ?? evidence.replaceAll('_', ' ');
}
