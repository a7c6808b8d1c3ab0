import type {
  AlertDetail,
  AuditDetail,
  FlowDetail,
  ProcessEvent,
} from '@forebear/model/event/event';
import type { FactBatch } from '@forebear/model/event/factBatch';
import { FactBatchBuilder } from '@forebear/model/event/factBatchBuilder';
import type { Severity } from '@forebear/model/event/severity';
import { execIdOf, podIdOf, seenIdOf } from '@forebear/model/event/spelledIds';
import { type Nanos, nanos } from '@forebear/model/event/time';
import { Trait } from '@forebear/model/event/traits';

/** Events of agents beside Tetragon, as their decoders give them. `at`: seconds after the beginning of the log. */
const began = 1_790_000_000n;

export function secondAt(at: number): Nanos {
  return nanos((began + BigInt(at)) * 1_000_000_000n);
}

export interface Told {
  readonly at: number;
  readonly pid: number;
  readonly node?: string;
  readonly pod?: string;
  readonly binary?: string;
}

/** A process that Falco saw run. */
export function falcoExec({ at, pid, node = 'n1', pod = 'web-1', binary = '/bin/cat' }: Told) {
  const time = secondAt(at);
  const id = execIdOf({ dialect: 'falco', node, pid, mark: '', time, binary });
  const fields = { pid, binary, startTime: time, arguments: '/etc/shadow' };
  return {
    ...falcoPlace(node),
    kind: 'exec',
    label: 'falco:Spawned process',
    time,
    process: { rank: 4, id, traits: Trait.execSeen, ...fields, pod: podNamed(pod) },
  } as const satisfies ProcessEvent;
}

/** An alert on a file that a process read. */
export function falcoAlert(
  { at, pid, node = 'n1', pod = 'web-1', binary = '/bin/cat' }: Told,
  told: Partial<AlertDetail> & { readonly severity: Severity },
): ProcessEvent {
  const time = secondAt(at);
  const id = seenIdOf({ dialect: 'falco', node, pid, mark: '', time, binary });
  const rule = told.rule ?? 'Read sensitive file';
  return {
    ...falcoPlace(node),
    kind: 'file',
    label: `falco:${rule}`,
    subject: 'read /etc/shadow',
    time,
    process: {
      rank: 3,
      id,
      traits: Trait.ownEventSeen,
      pid,
      binary,
      arguments: '/etc/shadow',
      pod: podNamed(pod),
    },
    alert: {
      rule,
      severityWord: told.severity,
      tags: ['filesystem', 'T1555'],
      output: `${binary} read /etc/shadow (pid ${pid})`,
      action: '',
      enforcer: '',
      result: '',
      blocked: false,
      ...told,
    },
  };
}

/** An alert on a pod of which no process is known. */
export function kubearmorAlert(at: number, pod: string, severity: Severity): ProcessEvent {
  const time = secondAt(at);
  const id = podIdOf('kubearmor', 'shop', pod, '');
  return {
    dialect: 'kubearmor',
    cluster: 'c1',
    node: 'n1',
    ancestors: [],
    kind: 'alert',
    label: 'kubearmor:MatchedPolicy',
    time,
    process: { rank: 1, id, traits: 0, pod: podNamed(pod) },
    alert: {
      rule: 'block-tokens',
      severity,
      severityWord: '5',
      tags: [],
      output: 'Reading of tokens was blocked',
      action: 'Block',
      enforcer: 'BPFLSM',
      result: 'Permission denied',
      blocked: true,
    },
  };
}

/** A flow that Hubble saw at a pod. */
export function hubbleFlow(at: number, pod: string, told: Partial<FlowDetail> = {}): ProcessEvent {
  return {
    dialect: 'hubble',
    cluster: 'c1',
    node: 'n1',
    ancestors: [],
    kind: 'flow',
    label: 'hubble:l3_l4',
    time: secondAt(at),
    process: { rank: 1, id: podIdOf('hubble', 'shop', pod, ''), traits: 0, pod: podNamed(pod) },
    flow: {
      direction: 'outbound',
      protocol: 'TCP',
      sourceIp: '10.0.0.1',
      sourcePort: 40_000,
      destinationIp: '10.0.0.2',
      destinationPort: 443,
      cookie: '18446744073709551615',
      names: ['api.example', 'api.other.example'],
      verdict: 'FORWARDED',
      reason: '',
      bytesSent: 2n ** 60n,
      bytesReceived: 0n,
      end: nanos(secondAt(at) + 1n),
      sourcePod: { namespace: 'shop', name: pod },
      destinationPod: { namespace: 'shop', name: 'db-0', workload: 'db' },
      ...told,
    },
  };
}

/** An exec into a pod that the API server wrote down. */
export function auditCall(at: number, told: Partial<AuditDetail> = {}): ProcessEvent {
  return {
    dialect: 'audit',
    node: '',
    ancestors: [],
    kind: 'audit',
    label: 'audit:create',
    time: secondAt(at),
    process: {
      rank: 1,
      id: podIdOf('audit', 'shop', 'web-1', ''),
      traits: 0,
      pod: podNamed('web-1'),
    },
    audit: {
      auditId: `call-${at}`,
      stage: 'ResponseComplete',
      verb: 'create',
      user: 'jane',
      groups: ['system:masters', 'system:authenticated'],
      impersonating: '',
      sourceIps: ['192.0.2.1'],
      userAgent: 'kubectl/v1.33',
      resource: 'pods',
      subresource: 'exec',
      apiGroup: '',
      namespace: 'shop',
      name: 'web-1',
      decision: 'allow',
      code: 101,
      container: 'web',
      command: ['sh', '-c', 'cat /etc/shadow'],
      received: secondAt(at - 1),
      callerNamespace: '',
      callerPod: '',
      ...told,
    },
  };
}

/** Events that an agent says it lost. */
export function falcoLoss(at: number, count: number): ProcessEvent {
  return {
    ...falcoPlace('n1'),
    kind: 'lost',
    label: 'falco:Falco internal: syscall event drop',
    time: secondAt(at),
    gap: { gap: 'lost_events', count, cgroup: 'ring buffer' },
  };
}

/** A batch with a record for each event; `from` numbers them: equal numbers are equal bytes. */
export function batchOfEvents(events: readonly ProcessEvent[], from = 0): FactBatch {
  const builder = new FactBatchBuilder('');
  for (const [index, event] of events.entries()) {
    const number = from + index;
    const bytes = new TextEncoder().encode(`{"record":${number}}`);
    const place = { offset: 0, line: number + 1, member: 0, hash: BigInt(number) };
    builder.addDecoded({ bytes, ...place }, [event]);
  }
  return builder.finish();
}

function falcoPlace(node: string) {
  return { dialect: 'falco', cluster: 'c1', node, ancestors: [] } as const;
}

function podNamed(name: string) {
  return { namespace: 'shop', name, uid: `uid-${name}` };
}
