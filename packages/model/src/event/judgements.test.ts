import {
  type Arbitrary,
  array,
  assert,
  bigInt,
  boolean,
  constantFrom,
  integer,
  oneof,
  option,
  property,
  record,
  string,
  tuple,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dialect, labelOf } from './dialects.ts';
import {
  type AlertDetail,
  type AuditDetail,
  type FlowDetail,
  flowDirections,
  type ProcessEvent,
} from './event.ts';
import { columnBuffersOf, type FactBatch } from './factBatch.ts';
import { FactBatchBuilder } from './factBatchBuilder.ts';
import { processKey } from './facts.ts';
import { eventsOf, gapFactsOf } from './readFactBatch.ts';
import { alertFactsOf, auditFactsOf, flowFactsOf } from './readJudgements.ts';
import { senseOf } from './sense.ts';
import { severities } from './severity.ts';
import { nanos } from './time.ts';

const text = string({ unit: 'grapheme' });
/** What a list can hold: lines, of which an empty one is no list. */
const line = string({ minLength: 1 }).map((one) => one.replaceAll('\n', ' '));
const lines = array(line, { maxLength: 3 });
const port = integer({ min: 0, max: 65535 });
const time = bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map(nanos);
const bytes = bigInt({ min: 0n, max: 2n ** 63n - 1n });
const flowPod = record(
  { namespace: text, name: line, workload: line },
  { requiredKeys: ['namespace', 'name'] },
);

const flow: Arbitrary<FlowDetail> = record(
  {
    direction: constantFrom(...flowDirections),
    protocol: text,
    sourceIp: text,
    sourcePort: port,
    destinationIp: text,
    destinationPort: port,
    cookie: text,
    names: lines,
    verdict: text,
    reason: text,
    bytesSent: bytes,
    bytesReceived: bytes,
    end: time,
    sourcePod: flowPod,
    destinationPod: flowPod,
  },
  {
    requiredKeys: [
      'direction',
      'protocol',
      'sourceIp',
      'sourcePort',
      'destinationIp',
      'destinationPort',
      'cookie',
      'names',
      'verdict',
      'reason',
    ],
  },
);

const alert: Arbitrary<AlertDetail> = record({
  rule: text,
  severity: constantFrom(...severities),
  severityWord: text,
  tags: lines,
  output: text,
  action: text,
  enforcer: text,
  result: text,
  blocked: boolean(),
});

const audit: Arbitrary<AuditDetail> = record({
  auditId: text,
  stage: text,
  verb: text,
  user: text,
  groups: lines,
  impersonating: text,
  sourceIps: lines,
  userAgent: text,
  resource: text,
  subresource: text,
  apiGroup: text,
  namespace: text,
  name: text,
  decision: text,
  code: integer({ min: 0, max: 999 }),
  container: text,
  command: lines,
  callerNamespace: text,
  callerPod: text,
});

const dialect = constantFrom('falco', 'hubble', 'kubearmor', 'audit') satisfies Arbitrary<Dialect>;
const placed = record({ dialect, node: text, at: time, name: text, id: line });

const event: Arbitrary<ProcessEvent> = tuple(
  placed,
  oneof(
    flow.map((one) => ({ kind: 'flow', flow: one }) as const),
    audit.map((one) => ({ kind: 'audit', audit: one }) as const),
    alert.map((one) => ({ kind: 'alert', alert: one }) as const),
    constantFrom({ kind: 'lost', gap: { gap: 'lost_events', count: 3, cgroup: 'ring' } } as const),
    constantFrom({ kind: 'file', subject: 'read /etc/shadow' } as const),
  ),
  option(alert, { nil: undefined }),
).map(([{ at, name, id, ...place }, body, judged]) => ({
  ...place,
  label: labelOf(place.dialect, name),
  time: at,
  ancestors: [],
  process: { rank: 1, id: `${place.dialect}:${id}`, traits: 0 },
  ...(judged === undefined ? {} : { alert: judged }),
  ...body,
}));

function batchOf(events: readonly ProcessEvent[]): FactBatch {
  const builder = new FactBatchBuilder('c1');
  const raw = { bytes: new Uint8Array(0), offset: 0, line: 1, member: 0, hash: 0n };
  builder.addDecoded(raw, events);
  return builder.finish();
}

function placeOf({ process, time: at, node, dialect: name }: ProcessEvent) {
  const key = processKey({ dialect: name, cluster: 'c1', id: process?.id ?? '' });
  return { process: key, cluster: 'c1', node, time: at };
}

function statedFlows(events: readonly ProcessEvent[]) {
  return events.flatMap((one) =>
    'flow' in one ? [{ ...placeOf(one), label: one.label, ...one.flow }] : [],
  );
}

function statedAlerts(events: readonly ProcessEvent[]) {
  return events.flatMap((one) => {
    if (one.alert === undefined) return [];
    const { label, kind, subject = '' } = one;
    return [{ ...placeOf(one), label, kind, subject, ...one.alert }];
  });
}

function statedAudits(events: readonly ProcessEvent[]) {
  return events.flatMap((one) => ('audit' in one ? [{ ...placeOf(one), ...one.audit }] : []));
}

describe('flows, alerts and calls to the API', () => {
  it('are read from a batch as they were put in, on the other side of a thread, too', () => {
    assert(
      property(array(event, { maxLength: 12 }), (events) => {
        const batch = batchOf(events);
        const transfer = columnBuffersOf(batch).filter((one) => one instanceof ArrayBuffer);
        const moved = structuredClone(batch, { transfer });
        expect([...flowFactsOf(moved)]).toEqual(statedFlows(events));
        expect([...alertFactsOf(moved)]).toEqual(statedAlerts(events));
        expect([...auditFactsOf(moved)]).toEqual(statedAudits(events));
        expect(Array.from(eventsOf(moved), ({ kind }) => kind)).toEqual(
          events.map(({ kind }) => kind),
        );
        const lost = events.filter(({ kind }) => kind === 'lost');
        expect([...gapFactsOf(moved)]).toEqual(
          lost.map(({ node, time: at }) => ({
            cluster: 'c1',
            node,
            time: at,
            kind: 'lost_events',
            count: 3,
            detail: 'ring',
          })),
        );
      }),
    );
  });

  it('keep the beginning of a call and its process where they are not told', () => {
    const one: ProcessEvent = {
      dialect: 'audit',
      label: 'audit:create',
      node: '',
      ancestors: [],
      kind: 'audit',
      audit: { ...plainAudit, received: nanos(5n), sourceIps: [] },
    };
    expect([...auditFactsOf(batchOf([one]))]).toEqual([
      { process: '', cluster: 'c1', node: '', ...one.audit },
    ]);
  });
});

const plainAudit: AuditDetail = {
  auditId: 'a1',
  stage: 'ResponseComplete',
  verb: 'create',
  user: 'jane',
  groups: ['system:authenticated'],
  impersonating: '',
  sourceIps: ['10.0.0.1'],
  userAgent: 'kubectl',
  resource: 'pods',
  subresource: 'exec',
  apiGroup: '',
  namespace: 'shop',
  name: 'web-1',
  decision: 'allow',
  code: 101,
  container: 'web',
  command: ['sh', '-c', 'id'],
  callerNamespace: '',
  callerPod: '',
};

describe('the sense of an event', () => {
  const process = { rank: 3, id: 'falco:x', traits: 0 } as const;
  const base = {
    dialect: 'falco',
    label: 'falco:rule',
    node: 'n',
    time: nanos(7n),
    ancestors: [],
    process,
  } as const;
  const spoken: AlertDetail = {
    rule: 'Read sensitive file',
    severity: 'Warning',
    severityWord: 'Warning',
    tags: [],
    output: 'cat read /etc/shadow',
    action: '',
    enforcer: '',
    result: '',
    blocked: false,
  };
  const went: FlowDetail = {
    direction: 'outbound',
    protocol: 'TCP',
    sourceIp: '10.0.0.1',
    sourcePort: 4000,
    destinationIp: '10.0.0.2',
    destinationPort: 80,
    cookie: '',
    names: [],
    verdict: 'FORWARDED',
    reason: '',
  };

  it('differs by what an alert says, and not by its tags', () => {
    const file = { ...base, kind: 'file', subject: 'read /etc/shadow' } as const;
    const senses = new Set([
      senseOf(file),
      senseOf({ ...file, alert: spoken }),
      senseOf({ ...file, alert: { ...spoken, rule: 'Other' } }),
      senseOf({ ...file, alert: { ...spoken, output: 'other' } }),
    ]);
    expect(senses.size).toBe(4);
    expect(senseOf({ ...file, alert: { ...spoken, tags: ['x'] } })).toBe(
      senseOf({ ...file, alert: spoken }),
    );
  });

  it('differs by the ends, the verdict and the bytes of a flow', () => {
    const flows: readonly FlowDetail[] = [
      went,
      { ...went, sourcePort: 4001 },
      { ...went, destinationIp: '10.0.0.3' },
      { ...went, verdict: 'DROPPED' },
      { ...went, bytesSent: 5n },
      { ...went, bytesReceived: 5n },
    ];
    expect(new Set(flows.map((one) => senseOf({ ...base, kind: 'flow', flow: one }))).size).toBe(6);
  });

  it('differs by the id and the stage of a call', () => {
    const calls: readonly AuditDetail[] = [
      plainAudit,
      { ...plainAudit, auditId: 'a2' },
      { ...plainAudit, stage: 'ResponseStarted' },
    ];
    const senses = calls.map((one) => senseOf({ ...base, kind: 'audit', audit: one }));
    expect(new Set(senses).size).toBe(3);
  });
});
