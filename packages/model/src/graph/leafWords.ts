/** Where a remote is, seen from the process that talks to it (semantics, Connections). */
export type Scope =
  | 'loopback'
  | 'pod'
  | 'service'
  | 'node'
  | 'api_server'
  | 'dns'
  | 'metadata'
  | 'private'
  | 'public';

/** How a connection got its name, best first (semantics, Connections). Empty: no name. */
export type NameEvidence =
  | 'destination_names'
  | 'sni'
  | 'http_host'
  | 'dns_process'
  | 'dns_pod'
  | 'flow'
  | 'zeek'
  | 'pod_address'
  | 'service_address'
  | 'direct'
  | '';
