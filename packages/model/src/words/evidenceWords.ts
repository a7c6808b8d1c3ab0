const words: ReadonlyMap<string, string> = new Map([
  ['destination_names', 'named by the agent'],
  ['sni', 'TLS server name'],
  ['http_host', 'HTTP host'],
  ['dns_process', 'DNS answer to this process'],
  ['dns_pod', 'DNS answer in this pod'],
  ['flow', 'named by a flow'],
  ['zeek', 'named by what Zeek saw on the wire'],
  ['pod_address', 'known address of a pod'],
  ['service_address', 'known address of a service'],
  ['direct', 'never looked up in this log'],
]);

/** How a name is known, in words for page and terminal; evidence that we do not know is said as it came. */
export function evidenceWords(evidence: string): string {
  return words.get(evidence) ?? evidence.replaceAll('_', ' ');
}
