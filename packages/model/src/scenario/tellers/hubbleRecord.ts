import { formatTime, type Nanos } from '../../event/time.ts';
import type { ScenarioPod } from '../cluster.ts';
import type { Endpoint } from '../happening.ts';
import { type Json, jsonText } from './json.ts';

/** One end of a packet. */
export type FlowEnd = {
  readonly at: Endpoint;
  readonly pod: ScenarioPod | undefined;
  /** Who it is where it is no pod. */
  readonly reserved: 'world' | 'kube-apiserver' | 'host';
  /** Names that the DNS proxy has seen for the address. */
  readonly names: readonly string[];
};

export type Flow = {
  readonly time: Nanos;
  /** The cluster's name and the node's. */
  readonly nodeName: string;
  readonly uuid: string;
  readonly verdict: 'FORWARDED' | 'DROPPED' | 'REDIRECTED';
  /** The packet's, so that of an answer the server is the source. */
  readonly source: FlowEnd;
  readonly destination: FlowEnd;
  readonly protocol: 'TCP' | 'UDP';
  /** TCP's flags of the packet. */
  readonly flags: readonly string[];
  /** Of the connection, at the endpoint that saw the packet. */
  readonly direction: 'EGRESS' | 'INGRESS';
  readonly isReply: boolean;
  readonly type: number;
  readonly subType?: number;
  readonly point?: string;
  readonly l7?: { readonly [key: string]: Json };
  readonly summary: string;
};

const IDENTITIES = { world: 2, host: 1, 'kube-apiserver': 7 } as const;

/** One line of the flow exporter. */
export function flowText(flow: Flow): string {
  const { source, destination, protocol, l7, time } = flow;
  const ports = { source_port: source.at.port, destination_port: destination.at.port };
  const flags = Object.fromEntries(flow.flags.map((flag) => [flag, true]));
  const dropped = flow.verdict === 'DROPPED';
  const printed = formatTime(time);
  return jsonText({
    flow: {
      time: printed,
      uuid: flow.uuid,
      verdict: flow.verdict,
      drop_reason: dropped ? POLICY_DENIED : undefined,
      ethernet: l7 === undefined ? ETHERNET : undefined,
      IP: { source: source.at.ip, destination: destination.at.ip, ipVersion: 'IPv4' },
      l4: { [protocol]: protocol === 'TCP' ? { ...ports, flags } : ports },
      source: endText(source),
      destination: endText(destination),
      Type: l7 === undefined ? 'L3_L4' : 'L7',
      node_name: flow.nodeName,
      source_names: source.names.length === 0 ? undefined : source.names,
      destination_names: destination.names.length === 0 ? undefined : destination.names,
      l7,
      event_type: { type: flow.type, sub_type: flow.subType },
      traffic_direction: flow.direction,
      trace_observation_point: flow.point,
      drop_reason_desc: dropped ? 'POLICY_DENIED' : undefined,
      is_reply: dropped ? undefined : flow.isReply,
      Summary: flow.summary,
    },
    node_name: flow.nodeName,
    time: printed,
  });
}

const POLICY_DENIED = 133;
const ETHERNET = { source: '4e:1f:7a:02:c3:9d', destination: 'a2:60:15:8b:47:e1' };

function endText({ pod, reserved }: FlowEnd): Json {
  if (pod === undefined)
    return { identity: IDENTITIES[reserved], labels: [`reserved:${reserved}`] };
  const labels = Object.entries(pod.labels).map(([key, value]) => `k8s:${key}=${value}`);
  return {
    ID: endpointIdOf(pod),
    identity: 20_000 + endpointIdOf(pod),
    cluster_name: pod.node.cluster,
    namespace: pod.namespace,
    labels: [...labels, `k8s:io.kubernetes.pod.namespace=${pod.namespace}`],
    pod_name: pod.name,
    workloads: [{ name: pod.workload, kind: pod.workloadKind }],
  };
}

function endpointIdOf(pod: ScenarioPod): number {
  return Number.parseInt(pod.uid.slice(0, 3), 16);
}
