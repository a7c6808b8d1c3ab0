import { type Dialect, dialectOf } from '../../event/dialects.ts';
import { type Facts, readProcessKey } from '../../event/facts.ts';

/**
 * What one agent alone told: of the facts about processes, connections, names, alerts and calls those that are its own. Pods,
 * containers, nodes and gaps stay: they are where things are, whoever told of them first.
 */
export function factsOfAgent(facts: Facts, agent: Dialect): Facts {
  const isIts = ({ process }: { readonly process: string }): boolean =>
    readProcessKey(process)?.dialect === agent;
  const saysIt = ({ label }: { readonly label: string }): boolean => dialectOf(label) === agent;
  return {
    ...facts,
    processes: facts.processes.filter(({ dialect }) => dialect === agent),
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
