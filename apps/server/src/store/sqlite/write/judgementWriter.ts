import { type FactBatch, noTime } from '@forebear/model/event/factBatch';
import { absent, type Bound } from '../layout/bulkInsert.ts';
import { columnsOf, type JudgementTable } from '../layout/judgementTables.ts';
import type { EventRows } from '../layout/openRows.ts';
import type { CaseTables } from './caseTables.ts';
import type { TakenEvents } from './detailWriter.ts';

interface Into extends TakenEvents {
  readonly events: EventRows;
  /** The number of the first event taken. */
  readonly firstSeq: number;
}

/** Writes the flows, alerts and calls to the API of a batch: rows at once, not columns of the open partition. */
export function writeJudgements(tables: CaseTables, batch: FactBatch, into: Into): void {
  writeFlows(tables, batch, into);
  writeAlerts(tables, batch, into);
  writeAudits(tables, batch, into);
}

function writeFlows(tables: CaseTables, { flows }: FactBatch, into: Into): void {
  const { strings } = into;
  writeRows(tables, 'flows', flows, into, (row) => [
    flows.direction[row] ?? 0,
    strings.idOf(flows.protocol[row]),
    strings.idOf(flows.sourceIp[row]),
    flows.sourcePort[row] ?? 0,
    strings.idOf(flows.destinationIp[row]),
    flows.destinationPort[row] ?? 0,
    strings.text(flows.cookie[row]),
    strings.idOf(flows.names[row]),
    strings.idOf(flows.verdict[row]),
    strings.idOf(flows.reason[row]),
    counterOf(flows.bytesSent[row]),
    counterOf(flows.bytesReceived[row]),
    timeOf(flows.end[row]),
    strings.idOf(flows.sourceNamespace[row]),
    strings.idOf(flows.sourceName[row]),
    strings.idOf(flows.sourceWorkload[row]),
    strings.idOf(flows.destinationNamespace[row]),
    strings.idOf(flows.destinationName[row]),
    strings.idOf(flows.destinationWorkload[row]),
  ]);
}

function writeAlerts(tables: CaseTables, { alerts }: FactBatch, into: Into): void {
  const { strings, events, rowOf } = into;
  const { kind, subject } = events.columns;
  writeRows(tables, 'alerts', alerts, into, (row) => {
    const event = rowOf[alerts.event[row] ?? 0] ?? 0;
    return [
      kind[event] ?? 0,
      subject[event] ?? 0,
      strings.idOf(alerts.rule[row]),
      alerts.severity[row] ?? 0,
      strings.idOf(alerts.severityWord[row]),
      strings.idOf(alerts.tags[row]),
      strings.text(alerts.output[row]),
      strings.idOf(alerts.action[row]),
      strings.idOf(alerts.enforcer[row]),
      strings.idOf(alerts.result[row]),
      alerts.blocked[row] ?? 0,
    ];
  });
}

function writeAudits(tables: CaseTables, { audits }: FactBatch, into: Into): void {
  const { strings } = into;
  writeRows(tables, 'audits', audits, into, (row) => [
    strings.text(audits.auditId[row]),
    strings.idOf(audits.stage[row]),
    strings.idOf(audits.verb[row]),
    strings.idOf(audits.user[row]),
    strings.idOf(audits.groups[row]),
    strings.idOf(audits.impersonating[row]),
    strings.idOf(audits.sourceIps[row]),
    strings.idOf(audits.userAgent[row]),
    strings.idOf(audits.resource[row]),
    strings.idOf(audits.subresource[row]),
    strings.idOf(audits.apiGroup[row]),
    strings.idOf(audits.namespace[row]),
    strings.idOf(audits.name[row]),
    strings.idOf(audits.decision[row]),
    audits.code[row] ?? 0,
    strings.idOf(audits.container[row]),
    strings.idOf(audits.command[row]),
    timeOf(audits.received[row]),
    strings.idOf(audits.callerNamespace[row]),
    strings.idOf(audits.callerPod[row]),
  ]);
}

/** `of`: the columns of a row behind those that every table begins with. Rows of duplicates are left out. */
function writeRows(
  { db }: CaseTables,
  table: JudgementTable,
  { count, event }: { readonly count: number; readonly event: Uint32Array },
  { rowOf, events, firstSeq }: Into,
  of: (row: number) => readonly Bound[],
): void {
  if (count === 0) return;
  const places = columnsOf(table).map(() => '?');
  const insert = db.prepare(`INSERT INTO ${table} VALUES (${places.join(', ')})`);
  const { process, time, node, cluster, label, same } = events.columns;
  for (let row = 0; row < count; row += 1) {
    const at = rowOf[event[row] ?? 0] ?? -1;
    if (at < 0) continue;
    insert.run(
      firstSeq + at,
      process[at] === 0 ? absent : (process[at] ?? absent),
      timeOf(time[at]),
      node[at] ?? 0,
      cluster[at] ?? 0,
      label[at] ?? 0,
      same[at] ?? 0,
      ...of(row),
    );
  }
}

function timeOf(time = noTime): Bound {
  return time === noTime ? absent : time;
}

function counterOf(counter = -1n): Bound {
  return counter < 0n ? absent : counter;
}
