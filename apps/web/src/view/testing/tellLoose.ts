import type { TreeColumns } from '@forebear/model/wire/tree';

type Loose = TreeColumns['loose'];

/** A connection that no process is known of; what a test does not name is plain. */
export function looseLeaf(
  told: Partial<Loose['connections'][number]>,
): Loose['connections'][number] {
  return {
    name: null,
    nameEvidence: 'direct',
    nameDetail: '',
    otherNames: [],
    ip: '10.1.2.3',
    port: 443,
    protocol: 'tcp',
    direction: 'outbound',
    scope: 'pod',
    external: false,
    randomName: false,
    randomDetail: '',
    count: 1,
    bytesSent: null,
    bytesReceived: null,
    firstSeen: '2026-03-14T07:06:00.000Z',
    lastSeen: null,
    verdict: 'FORWARDED',
    verdictReason: '',
    peer: null,
    peers: [],
    peerCount: 0,
    ...told,
  };
}

/** An alert that no process is known of. */
export function looseAlert(told: Partial<Loose['alerts'][number]>): Loose['alerts'][number] {
  return {
    source: 'falco',
    rule: 'Attach/Exec Pod',
    severity: 'Notice',
    severityWord: 'Notice',
    tags: [],
    output: '',
    action: '',
    enforcer: '',
    result: '',
    blocked: false,
    time: null,
    ...told,
  };
}

/** What an answer says of some of them. */
export function looseOf(
  connections: Loose['connections'],
  alerts: Loose['alerts'],
  maxSeverity: Loose['maxSeverity'] = null,
): Loose {
  return {
    connections,
    connectionCount: connections.length,
    lookups: [],
    lookupCount: 0,
    alerts,
    alertCount: alerts.length,
    maxSeverity,
  };
}
