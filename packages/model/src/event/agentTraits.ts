import type { Dialect } from './dialects.ts';

/** What holds for all records of an agent: what may be concluded from them, and what from their silence. */
export interface AgentTraits {
  /**
   * Its ids mean one image of one process each, tell node, time and pid, and are taken as they are; else ids are spelled from what
   * records say (`spelledIds.ts`), and the graph finds out which of them mean one.
   */
  readonly idsNameImages: boolean;
  /**
   * Every record of a process in a container names the container: one that names none is of the host. Of other agents only a
   * record that says so (`Trait.onHost`) is.
   */
  readonly namesEveryContainer: boolean;
  /** What a record does not tell of a process's arguments is empty; else it is not known. */
  readonly leavesOutEmpty: boolean;
  /** What names in its flows are evidence of: what it saw on the wire, or what the cluster told it. */
  readonly namesOfFlows: 'zeek' | 'flow';
}

const described: AgentTraits = {
  idsNameImages: true,
  namesEveryContainer: true,
  leavesOutEmpty: true,
  namesOfFlows: 'flow',
};
const glimpsed: AgentTraits = {
  idsNameImages: false,
  namesEveryContainer: false,
  leavesOutEmpty: false,
  namesOfFlows: 'flow',
};

const traitsByDialect: Readonly<Record<Dialect, AgentTraits>> = {
  tetragon: described,
  falco: glimpsed,
  kubearmor: glimpsed,
  hubble: glimpsed,
  zeek: { ...glimpsed, namesOfFlows: 'zeek' },
  audit: glimpsed,
  ecs: glimpsed,
  tracee: glimpsed,
  sysdig: glimpsed,
  compact: glimpsed,
  envelope: glimpsed,
};

/** What holds for the records of the agent that a dialect is of. */
export function traitsOfAgent(dialect: Dialect): AgentTraits {
  return traitsByDialect[dialect];
}
