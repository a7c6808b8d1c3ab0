import { type FlowDetail, type FlowPod, flowDirections } from './event.ts';
import type { FactBatch } from './factBatch.ts';
import type { AlertFact, AuditFact, FlowFact } from './facts.ts';
import { eventAt, placeOf, textAt, timeAt } from './readFactBatch.ts';
import { splitLines } from './rowLists.ts';
import { severityAt } from './severity.ts';
import type { Nanos } from './time.ts';

/** The flows of a batch. */
export function* flowFactsOf(batch: FactBatch): Iterable<FlowFact> {
  const { flows, strings } = batch;
  for (let row = 0; row < flows.count; row += 1) {
    const event = eventAt(batch, flows.event[row] ?? 0);
    const { sourceNamespace, sourceName, sourceWorkload } = flows;
    const { destinationNamespace, destinationName, destinationWorkload } = flows;
    yield {
      ...placeOf(event),
      label: event.label,
      direction: flowDirections[flows.direction[row] ?? 0] ?? 'unknown',
      protocol: textAt(strings, flows.protocol, row),
      sourceIp: textAt(strings, flows.sourceIp, row),
      sourcePort: flows.sourcePort[row] ?? 0,
      destinationIp: textAt(strings, flows.destinationIp, row),
      destinationPort: flows.destinationPort[row] ?? 0,
      cookie: textAt(strings, flows.cookie, row),
      names: splitLines(textAt(strings, flows.names, row)),
      verdict: textAt(strings, flows.verdict, row),
      reason: textAt(strings, flows.reason, row),
      ...told({
        bytesSent: flows.bytesSent[row] ?? -1n,
        bytesReceived: flows.bytesReceived[row] ?? -1n,
        end: timeAt(flows.end, row),
        sourcePod: {
          namespace: textAt(strings, sourceNamespace, row),
          name: textAt(strings, sourceName, row),
          workload: textAt(strings, sourceWorkload, row),
        },
        destinationPod: {
          namespace: textAt(strings, destinationNamespace, row),
          name: textAt(strings, destinationName, row),
          workload: textAt(strings, destinationWorkload, row),
        },
      }),
    };
  }
}

/** What only some flows tell, as it is stored: -1 for a counter, and empty texts, are absent. */
export interface StoredFlowParts {
  readonly bytesSent: bigint;
  readonly bytesReceived: bigint;
  readonly end: Nanos | undefined;
  readonly sourcePod: Required<FlowPod>;
  readonly destinationPod: Required<FlowPod>;
}

/** The optional fields of a flow, absent where nothing is told. */
export function told(
  parts: StoredFlowParts,
): Pick<FlowDetail, 'bytesSent' | 'bytesReceived' | 'end' | 'sourcePod' | 'destinationPod'> {
  const { bytesSent, bytesReceived, end } = parts;
  const sourcePod = flowPodOf(parts.sourcePod);
  const destinationPod = flowPodOf(parts.destinationPod);
  return {
    ...(bytesSent < 0n ? {} : { bytesSent }),
    ...(bytesReceived < 0n ? {} : { bytesReceived }),
    ...(end === undefined ? {} : { end }),
    ...(sourcePod === undefined ? {} : { sourcePod }),
    ...(destinationPod === undefined ? {} : { destinationPod }),
  };
}

/** The alerts of a batch. */
export function* alertFactsOf(batch: FactBatch): Iterable<AlertFact> {
  const { alerts, strings } = batch;
  for (let row = 0; row < alerts.count; row += 1) {
    const event = eventAt(batch, alerts.event[row] ?? 0);
    yield {
      ...placeOf(event),
      label: event.label,
      kind: event.kind,
      subject: event.subject,
      rule: textAt(strings, alerts.rule, row),
      severity: severityAt(alerts.severity[row] ?? 0),
      severityWord: textAt(strings, alerts.severityWord, row),
      tags: splitLines(textAt(strings, alerts.tags, row)),
      output: textAt(strings, alerts.output, row),
      action: textAt(strings, alerts.action, row),
      enforcer: textAt(strings, alerts.enforcer, row),
      result: textAt(strings, alerts.result, row),
      blocked: alerts.blocked[row] === 1,
    };
  }
}

/** The calls to the Kubernetes API of a batch. */
export function* auditFactsOf(batch: FactBatch): Iterable<AuditFact> {
  const { audits, strings } = batch;
  for (let row = 0; row < audits.count; row += 1) {
    const received = timeAt(audits.received, row);
    yield {
      ...placeOf(eventAt(batch, audits.event[row] ?? 0)),
      auditId: textAt(strings, audits.auditId, row),
      stage: textAt(strings, audits.stage, row),
      verb: textAt(strings, audits.verb, row),
      user: textAt(strings, audits.user, row),
      groups: splitLines(textAt(strings, audits.groups, row)),
      impersonating: textAt(strings, audits.impersonating, row),
      sourceIps: splitLines(textAt(strings, audits.sourceIps, row)),
      userAgent: textAt(strings, audits.userAgent, row),
      resource: textAt(strings, audits.resource, row),
      subresource: textAt(strings, audits.subresource, row),
      apiGroup: textAt(strings, audits.apiGroup, row),
      namespace: textAt(strings, audits.namespace, row),
      name: textAt(strings, audits.name, row),
      decision: textAt(strings, audits.decision, row),
      code: audits.code[row] ?? 0,
      container: textAt(strings, audits.container, row),
      command: splitLines(textAt(strings, audits.command, row)),
      ...(received === undefined ? {} : { received }),
      callerNamespace: textAt(strings, audits.callerNamespace, row),
      callerPod: textAt(strings, audits.callerPod, row),
    };
  }
}

function flowPodOf({ namespace, name, workload }: Required<FlowPod>): FlowPod | undefined {
  if (namespace === '' && name === '') return undefined;
  return { namespace, name, ...(workload === '' ? {} : { workload }) };
}
