/**
 * Tables of flows, alerts and calls to the Kubernetes API: plain rows, a row for each event that carries one, by the event's number.
 * Other dialects than Tetragon write them, which are far fewer than what the open partition's columns are made for.
 *
 * `process` is a process number, NULL where nobody is known; a column without a type is an id of `strings`. `same`: an earlier
 * event says the same (`sameAs`). Counters and times are NULL where nothing is told.
 */
export const judgementTables = {
  flows: `${placed(
    'direction INTEGER, protocol, source_ip, source_port INTEGER, destination_ip, destination_port INTEGER, cookie TEXT, names',
  )}, verdict, reason, bytes_sent INTEGER, bytes_received INTEGER, end_time INTEGER, source_namespace, source_name, source_workload,
  destination_namespace, destination_name, destination_workload`,
  alerts: `${placed(
    'kind INTEGER, subject, rule, severity INTEGER, severity_word, tags, output TEXT, action, enforcer, result',
  )}, blocked INTEGER`,
  audits: `${placed(
    'audit_id TEXT, stage, verb, user, groups, impersonating, source_ips, user_agent, resource, subresource, api_group, namespace',
  )}, name, decision, code INTEGER, container, command, received INTEGER, caller_namespace, caller_pod`,
} as const;
export type JudgementTable = keyof typeof judgementTables;

function placed<Rest extends string>(rest: Rest) {
  return `seq INTEGER PRIMARY KEY, process INTEGER, time INTEGER, node, cluster, label, same INTEGER, ${rest}` as const;
}

/** The names of a table's columns, in order. */
export function columnsOf(table: JudgementTable): string[] {
  return judgementTables[table].split(',').map((column) => column.trim().split(' ')[0] ?? '');
}

/** The tables, by whom and by what they are asked; and which habitats are those of other dialects: an empty index where there are none. */
export const judgementLayout = `
${Object.entries(judgementTables)
  .map(([table, columns]) => `CREATE TABLE ${table}(${columns});`)
  .join('\n')}
CREATE INDEX flows_process ON flows(process);
CREATE INDEX alerts_process ON alerts(process);
CREATE INDEX alerts_time ON alerts(time, seq) WHERE same = 0;
CREATE INDEX alerts_severity ON alerts(severity, time, seq) WHERE same = 0;
CREATE INDEX audits_process ON audits(process);
CREATE INDEX habitats_others ON habitats(dialect) WHERE dialect <> 'tetragon';`;
