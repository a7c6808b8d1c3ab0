import { z } from 'zod';
import { wireConnection, wireLookup } from './connections.ts';
import { podItem } from './inventory.ts';
import { agentId, apiCall, author, toldAlert, toldRule } from './judgements.ts';
import {
  completeness,
  connectionBytes,
  direction,
  flag,
  hopConfidence,
  lateBase,
  linkMethod,
  processEnd,
  processKind,
  processRole,
  scope,
  severity,
  timeText,
} from './primitives.ts';

const ints = z.array(z.number().int());
const maybeInts = z.array(z.number().int().nullable());
const maybeNumbers = z.array(z.number().nullable());

const treeContainer = z.object({
  id: z.string(),
  name: z.string(),
  image: z.string(),
  imageId: z.string(),
  startTime: timeText.nullable(),
  kind: z.enum(['main', 'init', 'ephemeral', 'restart']),
  /** Index into `nodes`, -1 when main is unknown. */
  main: z.number().int(),
});

const treeTotals = z.object({
  /** Processes in this tree before any filter. */
  all: z.number().int(),
  matched: z.number().int(),
  returned: z.number().int(),
  ghosts: z.number().int(),
  hidden: z.number().int(),
});

/** Names one other pod of the same namespace and name. */
const treeAlternative = z.object({
  cluster: z.string(),
  uid: z.string(),
  firstSeen: timeText.nullable(),
  lastSeen: timeText.nullable(),
});

/** An agent that speaks of this tree, and the processes of it that have a name with the agent. */
const treeAgent = z.object({ agent: z.string(), processes: z.number().int() });

/** What happened to the pod, or to the node, and to no process that is known: the gravest or first of each, and how many in all. */
const treeLoose = z.object({
  connections: z.array(wireConnection),
  connectionCount: z.number().int(),
  lookups: z.array(wireLookup),
  lookupCount: z.number().int(),
  alerts: z.array(toldAlert),
  alertCount: z.number().int(),
  maxSeverity: severity.nullable(),
});

/**
 * The columnar tree (`format=columns`): parents before children, strings by index into `strings` (0 is empty),
 * one array per field, all of length `count`. Never folded; the app folds with the model's own function.
 */
export const treeColumns = z.object({
  pod: podItem,
  alternatives: z.array(treeAlternative),
  containers: z.array(treeContainer),
  strings: z.array(z.string()),
  nodes: z.object({
    count: z.number().int(),
    ref: z.array(z.string()),
    execId: ints,
    /** The agent whose id `execId` is. */
    dialect: ints,
    parent: ints,
    kind: z.array(processKind),
    binary: ints,
    arguments: ints,
    cwd: ints,
    pid: maybeInts,
    nsPid: maybeInts,
    uid: maybeInts,
    auid: maybeInts,
    user: ints,
    startTimeUs: maybeInts,
    startTimeNs: ints,
    endTimeUs: maybeInts,
    endTimeNs: ints,
    end: z.array(processEnd),
    exitCode: maybeInts,
    signal: ints,
    container: ints,
    pod: ints,
    role: z.array(processRole),
    lateByMs: maybeNumbers,
    lateBase: z.array(lateBase.nullable()),
    isNew: z.array(z.union([z.literal(1), z.literal(0), z.null()])),
    /** 1: drawn yellow (late and new, or late and never quiet). */
    loud: ints,
    linkMethod: z.array(linkMethod),
    /** Why a link is suspect; 0: it is not. */
    linkReason: ints,
    /** Rows of `images`, oldest first, when there is more than one. */
    images: z.array(ints.nullable()),
    /** Dialect and id, its own first, when there is more than that one. */
    ids: z.array(z.array(z.tuple([z.string(), z.number().int()])).nullable()),
    /** Row of `authors`. */
    author: maybeInts,
    flags: z.array(z.array(z.string())),
    /** The policies of the agent that reported it, by name, joined with commas; 0: none. */
    policies: ints,
    events: z.object({ exec: ints, network: ints, dns: ints, file: ints, other: ints }),
    /** Processes below it in this tree (transitive), and how many of them are loud. */
    descendants: ints,
    loudBelow: ints,
    /** How many agents' alerts speak of it, and the gravest: the texts come with the process. */
    alerts: ints,
    maxSeverity: z.array(severity.nullable()),
    /** Rows of `rules`, each once; null: no alert speaks of it. */
    rules: z.array(ints.nullable()),
  }),
  connections: z.object({
    count: z.number().int(),
    process: ints,
    direction: z.array(direction),
    protocol: ints,
    name: ints,
    nameEvidence: ints,
    nameDetail: ints,
    ip: ints,
    port: ints,
    scope: z.array(scope),
    randomName: z.array(z.union([z.literal(1), z.literal(0)])),
    times: ints,
    firstSeenUs: maybeInts,
    lastSeenUs: maybeInts,
    bytesSent: z.array(connectionBytes),
    bytesReceived: z.array(connectionBytes),
    /** The gravest judgement of any of its connections (`DROPPED`), and why, as the agent says it; 0: nobody judged them. */
    verdict: ints,
    verdictReason: ints,
    peer: z.array(z.string().nullable()),
    /** `namespace/pod` of the peer, by index into `strings`. */
    peerPod: ints,
    /** How sure the peer is; and how many processes are at the other end in all. */
    peerConfidence: z.array(hopConfidence.nullable()),
    peers: ints,
  }),
  images: z.object({
    count: z.number().int(),
    execId: ints,
    binary: ints,
    arguments: ints,
    startTimeUs: maybeInts,
    startTimeNs: ints,
    lateByMs: maybeNumbers,
    isNew: z.array(z.union([z.literal(1), z.literal(0), z.null()])),
    alerts: ints,
  }),
  authors: z.array(author),
  /** What rules said of the processes of this tree, each different saying once. */
  rules: z.array(toldRule),
  agents: z.array(treeAgent),
  loose: treeLoose,
  totals: treeTotals,
  completeness,
});
export type TreeColumns = z.infer<typeof treeColumns>;

const wireImage = z.object({
  execId: z.string(),
  binary: z.string(),
  arguments: z.string(),
  startTime: timeText.nullable(),
  lateByMs: z.number().nullable(),
  isNew: z.boolean().nullable(),
  alerts: z.number().int(),
});

const nodeContainer = z.object({
  id: z.string(),
  name: z.string(),
  image: z.string(),
  imageId: z.string(),
  docker: z.string(),
  startTime: timeText.nullable(),
  pidInside: z.number().int().nullable(),
});

/** One process of the flat tree (`format=objects`), of the process call and of the command line. */
export const treeNode = z.object({
  ref: z.string(),
  parentRef: z.string().nullable(),
  depth: z.number().int(),
  execId: z.string(),
  dialect: z.string(),
  kind: processKind,
  binary: z.string(),
  arguments: z.string(),
  cwd: z.string(),
  pid: z.number().int().nullable(),
  nsPid: z.number().int().nullable(),
  uid: z.number().int().nullable(),
  auid: z.number().int().nullable(),
  user: z.string(),
  flags: z.array(z.string()),
  /** The policies of the agent that reported it, by name. */
  policies: z.array(z.object({ policy: z.string(), hits: z.number().int() })),
  startTime: timeText.nullable(),
  end: processEnd,
  endTime: timeText.nullable(),
  exit: z.object({ code: z.number().int().nullable(), signal: z.string().nullable() }).nullable(),
  container: nodeContainer.nullable(),
  pod: z.object({ namespace: z.string(), name: z.string() }).nullable(),
  role: processRole,
  lateByMs: z.number().nullable(),
  lateBase: lateBase.nullable(),
  isNew: z.boolean().nullable(),
  loud: z.boolean(),
  linkMethod,
  suspect: z.string().nullable(),
  images: z.array(wireImage),
  /** Its own first, then what other agents call it. */
  ids: z.array(agentId),
  lookups: z.array(wireLookup),
  connections: z.array(wireConnection),
  /** What agents said of it, in order of time: the gravest, `alertCount` in all. */
  alerts: z.array(toldAlert),
  alertCount: z.number().int(),
  maxSeverity: severity.nullable(),
  author: author.nullable(),
  /** 1, or the members of a folded group. */
  count: z.number().int(),
  members: z.array(z.string()),
  /** Median gap between the starts of the members; null: no group, or no two have a time. */
  periodMs: z.number().int().nullable(),
});
export type TreeNode = z.infer<typeof treeNode>;

export const treeObjects = z.object({
  pod: podItem,
  alternatives: z.array(treeAlternative),
  nodes: z.array(treeNode),
  agents: z.array(treeAgent),
  loose: treeLoose,
  totals: treeTotals,
  completeness,
});
export type TreeObjects = z.infer<typeof treeObjects>;

/** One process with everything known: the details panel. */
export const processAnswer = treeNode.omit({ flags: true }).extend({
  cluster: z.string(),
  node: z.string(),
  flagsText: z.string(),
  capabilities: z.string(),
  startDerived: z.boolean(),
  firstSeen: timeText.nullable(),
  lastSeen: timeText.nullable(),
  labels: z.array(z.string()),
  workload: z.string(),
  flags: z.array(flag),
  parent: z
    .object({
      ref: z.string(),
      binary: z.string(),
      arguments: z.string(),
      pid: z.number().int().nullable(),
      kind: processKind,
      linkMethod,
      suspect: z.string().nullable(),
    })
    .nullable(),
  /** Nearest first, to the root. */
  ancestors: z.array(
    z.object({
      ref: z.string(),
      binary: z.string(),
      arguments: z.string(),
      pid: z.number().int().nullable(),
      kind: processKind,
      pod: z.object({ namespace: z.string(), name: z.string() }).nullable(),
    }),
  ),
  children: z.number().int(),
  /** The calls to the API server that it made, in order of time: the first of `apiCallCount`. */
  apiCalls: z.array(apiCall),
  apiCallCount: z.number().int(),
  /** The kinds of its own events: what the log holds of it. */
  eventKinds: z.array(z.string()),
  events: z.object({
    exec: z.number().int(),
    network: z.number().int(),
    dns: z.number().int(),
    file: z.number().int(),
    other: z.number().int(),
  }),
  completeness,
});
export type ProcessAnswer = z.infer<typeof processAnswer>;
export const processesAnswer = z.object({
  items: z.array(processAnswer),
  nextCursor: z.null(),
  total: z.number().int(),
  completeness,
});
