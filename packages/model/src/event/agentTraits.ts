import type { Dialect } from './dialects.ts';

/** What holds for all records of an agent: what may be concluded from them and what from their silence. */
export interface AgentTraits {
  /**
   * Its processes have ids of its own making, which mean one process each; else ids are spelled from what records say
   * (`spelledIds.ts`), and the graph finds out which of them mean one.
   */
  readonly hasOwnIds: boolean;
  /**
   * Every record of a process in a container names the container: one that names none is of the host. Of other agents only a
   * record that says so (`Trait.onHost`) is.
   */
  readonly namesEveryContainer: boolean;
  /** What a record does not tell of a process's arguments is empty; else it is not known. */
  readonly leavesOutEmpty: boolean;
}

const described: AgentTraits = {
  hasOwnIds: true,
  namesEveryContainer: true,
  leavesOutEmpty: true,
};
const glimpsed: AgentTraits = {
  hasOwnIds: false,
  namesEveryContainer: false,
  leavesOutEmpty: false,
};

const traitsByDialect: Readonly<Record<Dialect, AgentTraits>> = {
  tetragon: described,
  falco: glimpsed,
  kubearmor: glimpsed,
  hubble: glimpsed,
  zeek: glimpsed,
  audit: glimpsed,
  ecs: glimpsed,
  tracee: glimpsed,
  sysdig: glimpsed,
  compact: glimpsed,
  envelope: glimpsed,
};

export function traitsOfAgent(dialect: Dialect): AgentTraits {
  return traitsByDialect[dialect];
}
