import { type Knowledge, knowledges, type TellRule, tellRulesOf } from './agentSettings.ts';

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
  const rules = tellRulesOf.get(dialect);
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
  const known = agents.filter((agent) => tellRulesOf.has(agent));
  const untold = known.map((dialect) => ({
    dialect,
    all: missingOf(dialect, namesOf(dialect, Object.keys(kinds))),
  }));
  return knowledges.flatMap((what) => {
    const able = known.filter((dialect) => tellRulesOf.get(dialect)?.[what] !== undefined);
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
  return tellRulesOf.get(dialect)?.start !== undefined;
}

/** Whether an agent tells that processes ended: of itself, only when it was set to, or never. */
export function tellsEnds(dialect: string): 'always' | 'when set' | 'never' {
  const told = tellRulesOf.get(dialect)?.end?.told ?? 'never';
  if (told === 'never') return 'never';
  return told === 'unseen' ? 'when set' : 'always';
}

/** What is said of an end that none of the agents here would have told. */
export const untoldEndWords = 'end unknown: no agent here reports exits';

/** Dialects whose agents say which programs were started, and by whom: what a tree is made of. */
export function processTellers(): readonly string[] {
  return [...tellRulesOf].flatMap(([dialect, { start }]) =>
    // Its lines name no process.
    start === undefined || dialect === 'compact' ? [] : [dialect],
  );
}

/** Whether an agent of a case tells of connections: its records show it, or it always does. */
export function tellsConnections(nodes: readonly ReportingNode[]): boolean {
  return nodes.some(({ agents, kinds }) =>
    agents.some((dialect) => {
      const rule = tellRulesOf.get(dialect)?.connections;
      return rule !== undefined && isTold(rule, namesOf(dialect, Object.keys(kinds)));
    }),
  );
}

/** The names that a dialect gave its events, out of all labels of a node. */
function namesOf(dialect: string, labels: readonly string[]): readonly string[] {
  const others = [...tellRulesOf.keys()].map((one) => `${one}:`);
  if (dialect === 'tetragon')
    return labels.filter((label) => !others.some((start) => label.startsWith(start)));
  const start = `${dialect}:`;
  return labels
    .filter((label) => label.startsWith(start))
    .map((label) => label.slice(start.length));
}

function isTold({ told, shownBy }: TellRule, names: readonly string[]): boolean {
  if (told === 'always') return true;
  const shows = told instanceof RegExp ? told : shownBy;
  return shows !== undefined && names.some((name) => shows.test(name));
}
