/**
 * What a log may leave untold, in the order in which it matters for a tree: what was started, by whom, when it ended, what it is
 * measured from; then whom it talked to.
 */
export const knowledges = [
  'start',
  'identity',
  'end',
  'container_start',
  'pod',
  'time',
  'connections',
  'names',
  'process',
  'command',
] as const;
export type Knowledge = (typeof knowledges)[number];

const titles: Readonly<Record<Knowledge, string>> = {
  start: 'every program that was started, and by whom',
  identity: 'two processes apart that had one PID, but for their time',
  end: 'when processes ended, and how',
  container_start: 'when containers started: lateness counts from the first process seen in them',
  pod: 'which pod something happened in',
  time: 'on which day something happened',
  connections: 'whom processes talked to',
  names: 'by which names addresses were asked for',
  process: 'which process of a pod a flow is of',
  command: 'who ran a command in a pod through the API',
};

/** What a case without it cannot tell, in words that follow `cannot tell`. */
export function knowledgeWords(knowledge: Knowledge): string {
  return titles[knowledge];
}

/**
 * Whether a log of the dialect tells it: by the log's own names of its events (at least one of them is there), always, never, or
 * `unseen`: only when the agent was set to, which the names of its events do not show.
 */
type Told = RegExp | 'always' | 'never' | 'unseen';

interface Rule {
  readonly told: Told;
  /** The setting of the agent that gives it; empty: it has none. */
  readonly setting: string;
  /** Names of events that show nevertheless that it was set. */
  readonly shownBy?: RegExp;
}

type Rules = Readonly<Partial<Record<Knowledge, Rule>>>;

const always: Rule = { told: 'always', setting: '' };
const never: Rule = { told: 'never', setting: '' };

const rulesOf: ReadonlyMap<string, Rules> = new Map<string, Rules>([
  [
    'tetragon',
    {
      start: {
        told: /^process_exec$/,
        setting: 'let PROCESS_EXEC through the export-allowlist and export-denylist',
      },
      identity: always,
      end: {
        told: /^process_exit$/,
        setting: 'let PROCESS_EXIT through the export-allowlist and export-denylist',
      },
      container_start: always,
      time: always,
      connections: {
        told: /^process_(connect|accept|listen|close|sock_stats|kprobe)$/,
        setting:
          'a TracingPolicy on tcp_connect and tcp_close, or the network events of Enterprise',
      },
      names: { told: /^process_dns$/, setting: 'the DNS events of Enterprise' },
    },
  ],
  [
    'falco',
    {
      start: {
        told: 'unseen',
        setting: 'a rule on evt.type in (execve, execveat) for every exec',
        shownBy: /execve|(every|all|any) (exec|process)/i,
      },
      identity: {
        told: 'unseen',
        setting: 'append_output with proc.pid, proc.pid.ts, proc.ppid and proc.ppid.ts',
      },
      end: {
        told: 'unseen',
        setting: 'a rule on evt.type = procexit',
        shownBy: /procexit|process (exit|end)/i,
      },
      container_start: { told: 'unseen', setting: 'append_output with container.start_ts' },
      time: always,
      connections: {
        told: 'unseen',
        setting: 'a rule on evt.type in (connect, accept, accept4) with fd.name',
      },
    },
  ],
  [
    'kubearmor',
    {
      start: {
        told: /^Process$/,
        setting: 'the annotation kubearmor-visibility: process,file,network on the namespace',
      },
      identity: never,
      end: never,
      container_start: never,
      time: always,
      connections: {
        told: /^Network$/,
        setting: 'the annotation kubearmor-visibility: process,file,network on the namespace',
      },
    },
  ],
  [
    'hubble',
    {
      time: always,
      names: {
        told: /^dns$/,
        setting:
          'a DNS rule in a CiliumNetworkPolicy (the proxy reads the answers), and l7 in the exporter’s field mask',
      },
      process: never,
    },
  ],
  [
    'zeek',
    {
      time: always,
      pod: { told: 'unseen', setting: 'a folder for each pod, so that files are POD/conn.log' },
      names: { told: /^dns$/, setting: 'dns.log beside conn.log' },
      process: never,
    },
  ],
  [
    'audit',
    {
      time: always,
      command: {
        told: /pods\/(exec|attach|ephemeralcontainers)$/,
        setting: 'an audit policy with level Metadata or more for pods/exec and pods/attach',
      },
    },
  ],
  [
    'ecs',
    {
      start: {
        told: /^(fork|exec|start|process_started|already_running)/,
        setting: 'process events in the policy of Elastic Defend',
      },
      identity: always,
      end: {
        told: /^(end|exit|process_terminated)/,
        setting: 'process events in the policy of Elastic Defend',
      },
      container_start: {
        told: /^(fork|exec|start|process_started|already_running)/,
        setting: 'process events in the policy of Elastic Defend: they name the entry leader',
      },
      time: always,
      connections: {
        told: /^(connection_|disconnect_|connect|accept|network)/,
        setting: 'network events in the policy of Elastic Defend',
      },
      names: { told: /^(lookup|dns)/, setting: 'network events in the policy of Elastic Defend' },
    },
  ],
  [
    'tracee',
    {
      start: {
        told: /^sched_process_exec$/,
        setting: 'the event sched_process_exec in its policy',
      },
      identity: always,
      end: { told: /^sched_process_exit$/, setting: 'the event sched_process_exit in its policy' },
      container_start: {
        told: /^(container_create|existing_container)$/,
        setting: 'the events container_create and existing_container in its policy',
      },
      time: always,
      connections: {
        told: /^(net_|security_socket_|connect$|accept)/,
        setting: 'the events security_socket_connect and security_socket_accept in its policy',
      },
      names: { told: /^net_packet_dns/, setting: 'the event net_packet_dns in its policy' },
    },
  ],
  [
    'sysdig',
    {
      start: {
        told: /^(execve|execveat|clone|fork|vfork)/,
        setting: 'no filter that drops execve',
      },
      identity: { told: 'unseen', setting: '-p with proc.pid, proc.ppid and thread.tid' },
      end: { told: /^procexit$/, setting: 'no filter that drops procexit' },
      container_start: never,
      pod: { told: 'unseen', setting: '-pc, or -p with k8s.pod.name and container.id' },
      time: { told: 'unseen', setting: '-t a, which prints the date too, or -j' },
      connections: {
        told: /^(connect|accept)/,
        setting: 'no filter that drops connect and accept',
      },
    },
  ],
  [
    'compact',
    {
      start: { told: /exec|process/i, setting: 'getevents -o json' },
      identity: { told: 'never', setting: 'getevents -o json' },
      container_start: { told: 'never', setting: 'getevents -o json' },
      time: { told: 'unseen', setting: 'getevents -o compact --timestamps, or -o json' },
    },
  ],
]);

/** What one log may leave untold. */
export interface Missing {
  readonly what: Knowledge;
  /** The setting of the agent that would tell it; empty: the agent never does. */
  readonly setting: string;
  /** Whether it is sure: else the agent may have been set to tell it, which only its records show. */
  readonly isSure: boolean;
}

/** What a log of a dialect leaves untold, given the log's own names of the events that are in it (`process_exit`, `Network`). */
export function missingOf(dialect: string, names: Iterable<string>): readonly Missing[] {
  const rules = rulesOf.get(dialect);
  if (rules === undefined) return [];
  const seen = [...names];
  return knowledges.flatMap((what): Missing[] => {
    const rule = rules[what];
    if (rule === undefined || isTold(rule, seen)) return [];
    return [{ what, setting: rule.setting, isSure: rule.told !== 'unseen' }];
  });
}

/** Who reported on a node, and what. As the wire has it: `kinds` are labels, those of all but Tetragon with their dialect before them. */
export interface ReportingNode {
  readonly node: string;
  readonly agents: readonly string[];
  readonly kinds: Readonly<Record<string, number>>;
}

/** Something that a case cannot tell of some nodes, and which agents there would tell it. */
export interface CaseMissing {
  readonly what: Knowledge;
  readonly isSure: boolean;
  /** Each agent that reports there and could tell it, with its setting; empty: none of them ever does. */
  readonly settings: readonly { readonly dialect: string; readonly setting: string }[];
  /** Agents that report there and never tell it. */
  readonly never: readonly string[];
  /** Names of the nodes; an empty name is a log without node names. */
  readonly nodes: readonly string[];
}

/**
 * What a case cannot tell: what is sure first. What another agent of the same node tells is not missing; an agent that says its
 * nodes is not judged by the records of it that have none.
 */
export function missingOfCase(nodes: readonly ReportingNode[]): readonly CaseMissing[] {
  const found = new Map<string, CaseMissing>();
  const named = new Set(nodes.filter(({ node }) => node !== '').flatMap(({ agents }) => agents));
  const hasProcesses = nodes.some(({ agents }) => agents.some(tellsProcesses));
  for (const one of nodes) {
    const agents = one.node === '' ? one.agents.filter((agent) => !named.has(agent)) : one.agents;
    for (const missing of missingOfNode({ ...one, agents })) {
      // A flow finds its pod and its process by what another agent says of them.
      if (hasProcesses && ofFlows.has(missing.what)) continue;
      const { what, isSure, settings, never: silent } = missing;
      const key = JSON.stringify([what, isSure, settings, silent]);
      const before = found.get(key);
      found.set(key, { ...missing, nodes: [...(before?.nodes ?? []), one.node] });
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      Number(b.isSure) - Number(a.isSure) ||
      knowledges.indexOf(a.what) - knowledges.indexOf(b.what),
  );
}

function missingOfNode({ agents, kinds }: ReportingNode): readonly Omit<CaseMissing, 'nodes'>[] {
  const known = agents.filter((agent) => rulesOf.has(agent));
  const untold = known.map((dialect) => ({
    dialect,
    all: missingOf(dialect, namesOf(dialect, Object.keys(kinds))),
  }));
  return knowledges.flatMap((what) => {
    const able = known.filter((dialect) => rulesOf.get(dialect)?.[what] !== undefined);
    const lacks = untold.flatMap(({ dialect, all }) =>
      all.filter((one) => one.what === what).map((one) => ({ ...one, dialect })),
    );
    // One agent of the node that tells it is enough.
    if (lacks.length === 0 || lacks.length < able.length) return [];
    return [
      {
        what,
        isSure: lacks.every(({ isSure }) => isSure),
        settings: lacks
          .filter(({ setting }) => setting !== '')
          .map(({ dialect, setting }) => ({ dialect, setting })),
        never: lacks.filter(({ setting }) => setting === '').map(({ dialect }) => dialect),
      },
    ];
  });
}

const ofFlows: ReadonlySet<Knowledge> = new Set(['pod', 'process']);

function tellsProcesses(dialect: string): boolean {
  return rulesOf.get(dialect)?.start !== undefined;
}

/** Whether an agent tells that processes ended: of itself, only when it was set to, or never. */
export function tellsEnds(dialect: string): 'always' | 'when set' | 'never' {
  const told = rulesOf.get(dialect)?.end?.told ?? 'never';
  if (told === 'never') return 'never';
  return told === 'unseen' ? 'when set' : 'always';
}

/** What is said of an end that none of the agents here would have told. */
export const untoldEndWords = 'end unknown: no agent here reports exits';

/** Dialects whose agents say which programs were started, and by whom: what a tree is made of. */
export function processTellers(): readonly string[] {
  return [...rulesOf].flatMap(([dialect, { start }]) =>
    // Its lines name no process.
    start === undefined || dialect === 'compact' ? [] : [dialect],
  );
}

/** The names that a dialect gave its events, out of all labels of a node. */
function namesOf(dialect: string, labels: readonly string[]): readonly string[] {
  const others = [...rulesOf.keys()].map((one) => `${one}:`);
  if (dialect === 'tetragon')
    return labels.filter((label) => !others.some((start) => label.startsWith(start)));
  const start = `${dialect}:`;
  return labels
    .filter((label) => label.startsWith(start))
    .map((label) => label.slice(start.length));
}

function isTold({ told, shownBy }: Rule, names: readonly string[]): boolean {
  if (told === 'always') return true;
  const shows = told instanceof RegExp ? told : shownBy;
  return shows !== undefined && names.some((name) => shows.test(name));
}
