import { type AlertDetail, type AuditDetail, type FlowDetail, flowDirections } from './event.ts';
import type { AlertColumns, AuditColumns, FlowColumns } from './factBatch.ts';
import { counter64, joinLines, time64 } from './rowLists.ts';
import { severityNumber } from './severity.ts';
import type { StringTable } from './stringTable.ts';
import { Table } from './table.ts';
import { alertLayout, auditLayout, flowLayout } from './tables.ts';

/** Flows, alerts and audits of a batch. */
export interface JudgementColumns {
  readonly flows: FlowColumns;
  readonly alerts: AlertColumns;
  readonly audits: AuditColumns;
}

/** The rows of what agents say that watch no process or judge one: flows, alerts, calls to the API. */
export class JudgementRows {
  readonly #strings: StringTable;
  readonly #flows = new Table(flowLayout);
  readonly #alerts = new Table(alertLayout);
  readonly #audits = new Table(auditLayout);

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  finish(): JudgementColumns {
    return {
      flows: this.#flows.finish(),
      alerts: this.#alerts.finish(),
      audits: this.#audits.finish(),
    };
  }

  /** `event` is the row of the flow's event, here and below. */
  addFlow(event: number, flow: FlowDetail): void {
    const strings = this.#strings;
    const row = this.#flows.add();
    const { columns } = this.#flows;
    columns.event[row] = event;
    columns.direction[row] = flowDirections.indexOf(flow.direction);
    columns.protocol[row] = strings.indexOf(flow.protocol);
    columns.sourceIp[row] = strings.indexOf(flow.sourceIp);
    columns.sourcePort[row] = flow.sourcePort;
    columns.destinationIp[row] = strings.indexOf(flow.destinationIp);
    columns.destinationPort[row] = flow.destinationPort;
    columns.cookie[row] = strings.indexOf(flow.cookie);
    columns.names[row] = strings.indexOf(joinLines(flow.names));
    columns.verdict[row] = strings.indexOf(flow.verdict);
    columns.reason[row] = strings.indexOf(flow.reason);
    columns.bytesSent[row] = counter64(flow.bytesSent);
    columns.bytesReceived[row] = counter64(flow.bytesReceived);
    columns.end[row] = time64(flow.end);
    columns.sourceNamespace[row] = strings.indexOf(flow.sourcePod?.namespace);
    columns.sourceName[row] = strings.indexOf(flow.sourcePod?.name);
    columns.sourceWorkload[row] = strings.indexOf(flow.sourcePod?.workload);
    columns.destinationNamespace[row] = strings.indexOf(flow.destinationPod?.namespace);
    columns.destinationName[row] = strings.indexOf(flow.destinationPod?.name);
    columns.destinationWorkload[row] = strings.indexOf(flow.destinationPod?.workload);
  }

  addAlert(event: number, alert: AlertDetail): void {
    const strings = this.#strings;
    const row = this.#alerts.add();
    const { columns } = this.#alerts;
    columns.event[row] = event;
    columns.rule[row] = strings.indexOf(alert.rule);
    columns.severity[row] = severityNumber(alert.severity);
    columns.severityWord[row] = strings.indexOf(alert.severityWord);
    columns.tags[row] = strings.indexOf(joinLines(alert.tags));
    columns.output[row] = strings.indexOf(alert.output);
    columns.action[row] = strings.indexOf(alert.action);
    columns.enforcer[row] = strings.indexOf(alert.enforcer);
    columns.result[row] = strings.indexOf(alert.result);
    columns.blocked[row] = alert.blocked ? 1 : 0;
  }

  addAudit(event: number, audit: AuditDetail): void {
    const strings = this.#strings;
    const row = this.#audits.add();
    const { columns } = this.#audits;
    columns.event[row] = event;
    columns.auditId[row] = strings.indexOf(audit.auditId);
    columns.stage[row] = strings.indexOf(audit.stage);
    columns.verb[row] = strings.indexOf(audit.verb);
    columns.user[row] = strings.indexOf(audit.user);
    columns.groups[row] = strings.indexOf(joinLines(audit.groups));
    columns.impersonating[row] = strings.indexOf(audit.impersonating);
    columns.sourceIps[row] = strings.indexOf(joinLines(audit.sourceIps));
    columns.userAgent[row] = strings.indexOf(audit.userAgent);
    columns.resource[row] = strings.indexOf(audit.resource);
    columns.subresource[row] = strings.indexOf(audit.subresource);
    columns.apiGroup[row] = strings.indexOf(audit.apiGroup);
    columns.namespace[row] = strings.indexOf(audit.namespace);
    columns.name[row] = strings.indexOf(audit.name);
    columns.decision[row] = strings.indexOf(audit.decision);
    columns.code[row] = audit.code;
    columns.container[row] = strings.indexOf(audit.container);
    columns.command[row] = strings.indexOf(joinLines(audit.command));
    columns.received[row] = time64(audit.received);
    columns.callerNamespace[row] = strings.indexOf(audit.callerNamespace);
    columns.callerPod[row] = strings.indexOf(audit.callerPod);
  }
}
