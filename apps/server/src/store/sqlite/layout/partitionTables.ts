/** The tables of a partition and their columns. Rows are only ever appended. */
export const partitionTables = {
  events:
    'seq INTEGER PRIMARY KEY, record INTEGER, source INTEGER, kind INTEGER, label INTEGER, time INTEGER, node INTEGER, cluster INTEGER, process INTEGER, subject INTEGER, same INTEGER',
  sockets:
    'seq INTEGER PRIMARY KEY, process INTEGER, kind INTEGER, time INTEGER, protocol INTEGER, source_ip INTEGER, source_port INTEGER, destination_ip INTEGER, destination_port INTEGER, cookie TEXT, bytes_sent INTEGER, bytes_received INTEGER, names INTEGER, name_evidence INTEGER, peer_namespace INTEGER, peer_name INTEGER, peer_workload INTEGER, conversation INTEGER',
  lookups:
    'seq INTEGER PRIMARY KEY, process INTEGER, time INTEGER, response INTEGER, rcode INTEGER, names INTEGER, ips INTEGER, types INTEGER, resolver_ip INTEGER, resolver_port INTEGER',
  exits: 'seq INTEGER PRIMARY KEY, process INTEGER, time INTEGER, code INTEGER, signal INTEGER',
  // One row per address of a DNS answer.
  answers: 'id INTEGER PRIMARY KEY, ip INTEGER, seq INTEGER',
  // One row per face of a process: the first 53 bits of its ref's hash.
  refs: 'process INTEGER PRIMARY KEY, ref INTEGER, pid INTEGER',
} as const;
export type PartitionTable = keyof typeof partitionTables;
export const tableNames: readonly PartitionTable[] = [
  'events',
  'sockets',
  'lookups',
  'exits',
  'answers',
  'refs',
];

/** What each table is asked by; built when the partition is sealed, in key order, so that ingest stays flat. */
export const sealedIndexes: readonly (readonly [PartitionTable, string, string])[] = [
  ['events', 'process', 'process, time, kind, same, node'],
  ['events', 'time', 'time'],
  ['sockets', 'process', 'process'],
  ['sockets', 'conversation', 'conversation'],
  ['sockets', 'source', 'source_ip, source_port, kind, process'],
  ['sockets', 'destination', 'destination_ip, destination_port, kind, process'],
  ['lookups', 'process', 'process'],
  ['exits', 'process', 'process'],
  ['answers', 'ip', 'ip'],
  ['refs', 'ref', 'ref'],
  ['refs', 'pid', 'pid'],
];

/** The name of a partition's table: `events_3`. The number is ours, never data. */
export function tableOf(table: PartitionTable, partition: number): string {
  return `${table}_${partition}`;
}
