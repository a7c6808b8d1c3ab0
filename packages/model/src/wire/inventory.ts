import { z } from 'zod';
import { listOf, severity, timeText } from './primitives.ts';
import { sourceGap } from './sources.ts';

const clusterItem = z.object({
  cluster: z.string(),
  nodes: z.number().int(),
  namespaces: z.number().int(),
  pods: z.number().int(),
  events: z.number().int(),
});
const namespaceItem = z.object({
  cluster: z.string(),
  namespace: z.string(),
  pods: z.number().int(),
  processes: z.number().int(),
});
export const nodeItem = z.object({
  cluster: z.string(),
  node: z.string(),
  agents: z.array(z.string()),
  kinds: z.record(z.string(), z.number().int()),
  events: z.number().int(),
  /** Events per second between its first and last one. */
  rate: z.number(),
  firstEvent: timeText.nullable(),
  lastEvent: timeText.nullable(),
  gaps: z.array(sourceGap),
});
export type NodeItem = z.infer<typeof nodeItem>;

/** How many processes have something in common, and the one of them that began first. */
const someProcesses = z.object({
  processes: z.number().int(),
  first: z.object({
    ref: z.string(),
    binary: z.string(),
    /** The first 120 characters. */
    arguments: z.string(),
    pid: z.number().int().nullable(),
  }),
});
export type SomeProcesses = z.infer<typeof someProcesses>;

/** What processes stand out for beside time and place: a flag's code, or `injected` for what was put into a container from outside. */
const podMark = someProcesses.extend({ code: z.string() });
export type PodMark = z.infer<typeof podMark>;

/** What a policy of the agent reported: how many events, of which processes. */
const podPolicy = someProcesses.extend({ policy: z.string(), hits: z.number().int() });
export type PodPolicy = z.infer<typeof podPolicy>;

/** A pod, or a host: a node's own processes. */
export const podItem = z.object({
  kind: z.enum(['pod', 'host']),
  cluster: z.string(),
  namespace: z.string(),
  /** The node's name for a host. */
  pod: z.string(),
  uid: z.string(),
  workload: z.string(),
  node: z.string(),
  labels: z.array(z.string()),
  containers: z.array(z.object({ id: z.string(), name: z.string(), image: z.string() })),
  processes: z.number().int(),
  /** Programs that its processes were: one that became another program was several. Agents that speak of one execution count once. */
  executions: z.number().int(),
  late: z.number().int(),
  lateNew: z.number().int(),
  /** Processes that descend from its containers and are in none, late or not. */
  leftContainer: z.number().int(),
  /** Roots of containers that appeared late: loud, also when they are not late in their own container. */
  lateContainer: z.number().int(),
  /** What else its processes stand out for, gravest first; a process may count in several. */
  marks: z.array(podMark),
  /** Every policy of the agent that reported one of its processes, by name. */
  policies: z.array(podPolicy),
  /** The different grave things that its processes show, gravest first: most of them first is the order of the list. */
  grave: z.array(z.string()),
  /** What agents' rules said of its processes, and of the pod where they name none. */
  alerts: z.number().int(),
  /** The gravest of them; null: there are none. */
  maxSeverity: severity.nullable(),
  externalDestinations: z.number().int(),
  /**
   * Loud processes with a grave alert or a call to the outside that have no exit, though who tells of them tells exits: they still
   * ran when the log ended. Null: there are none.
   */
  stillRuns: someProcesses.nullable(),
  restarts: z.number().int(),
  /** When its earliest process started, also before the first event of the log; else its first event. */
  started: timeText.nullable(),
  /** The first event of its processes. */
  firstSeen: timeText.nullable(),
  /** The last event of its processes. */
  lastSeen: timeText.nullable(),
  /** Milliseconds of the earliest process of `lateNew` after main, for the one sentence of the overview. */
  firstLoudMs: z.number().nullable(),
});
export type PodItem = z.infer<typeof podItem>;

export const clustersAnswer = listOf(clusterItem);
export const namespacesAnswer = listOf(namespaceItem);
export const nodesAnswer = listOf(nodeItem);
export const podsAnswer = listOf(podItem);
export type ClustersAnswer = z.infer<typeof clustersAnswer>;
export type NamespacesAnswer = z.infer<typeof namespacesAnswer>;
export type NodesAnswer = z.infer<typeof nodesAnswer>;
export type PodsAnswer = z.infer<typeof podsAnswer>;
