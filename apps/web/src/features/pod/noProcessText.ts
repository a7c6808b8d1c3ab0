import { agentList } from '@forebear/model/words/agentWords';
import type { TreeModel } from '../../view/treeModel.ts';

type TreeAgents = TreeModel['answer']['agents'];

/**
 * Why no process is drawn, in two sentences: who names none, and which agents of the same pod do (empty: none does).
 *
 * @param alone the agents whose tree it is; empty: of all
 */
export function noProcessText(
  agents: TreeAgents,
  alone: readonly string[],
): { readonly silent: string; readonly others: string } {
  const silent = alone.length > 0 ? alone : agents.map(({ agent }) => agent);
  const telling = agents
    .filter(({ agent, processes }) => processes > 0 && !silent.includes(agent))
    .map(({ agent }) => agent);
  const who = agentList(silent, 'and');
  return {
    silent:
      silent.length === 0
        ? 'No process of it is in these logs.'
        : `${who} ${silent.length === 1 ? 'names' : 'name'} no process of it.`,
    others:
      telling.length === 0
        ? ''
        : `${agentList(telling, 'and')} ${telling.length === 1 ? 'does' : 'do'}.`,
  };
}
