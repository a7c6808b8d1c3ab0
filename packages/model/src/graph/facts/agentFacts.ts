import { type Dialect, dialectOf } from '../../event/dialects.ts';
import { type Facts, type ProcessFact, readProcessKey } from '../../event/facts.ts';
import { ContainerIds, wholeContainers } from '../settle/containerIds.ts';
import { wholePods } from '../settle/wholePods.ts';

/**
 * What one agent alone told: of the facts about processes, connections, names, alerts and calls those that are its own. Pods,
 * nodes and gaps stay as all agents together know them: they are where things are, whoever told of them first. Containers stay
 * where its processes stand in them.
 */
export function factsOfAgent(facts: Facts, agent: Dialect): Facts {
  const isIts = ({ process }: { readonly process: string }): boolean =>
    readProcessKey(process)?.dialect === agent;
  const saysIt = ({ label }: { readonly label: string }): boolean => dialectOf(label) === agent;
  const processes = facts.processes.filter(({ dialect }) => dialect === agent);
  return {
    ...facts,
    processes,
    pods: wholePods(facts.pods),
    containers: containersOf(facts, processes),
    exits: facts.exits.filter(isIts),
    sockets: facts.sockets.filter(isIts),
    lookups: facts.lookups.filter(isIts),
    flows: facts.flows.filter(saysIt),
    alerts: facts.alerts.filter(saysIt),
    // No other agent tells of calls; what they are about is spelled by the same one.
    audits: agent === 'audit' ? facts.audits : [],
    counts: facts.counts.filter(isIts),
  };
}

/** Containers as all agents know them. One without a process would put its pod where its own teller's node is not known. */
function containersOf(facts: Facts, processes: readonly ProcessFact[]): Facts['containers'] {
  const ids = new ContainerIds(facts.processes, facts.containers);
  const used = new Set<string>();
  for (const { containerId } of processes) {
    if (containerId !== undefined) used.add(ids.fullest(containerId));
  }
  return wholeContainers(facts.containers, ids, facts.processes).filter(({ id }) => used.has(id));
}
