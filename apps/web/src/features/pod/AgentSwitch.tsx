import { agentWords } from '@forebear/model/words/agentWords';
import { ChevronDown } from 'lucide-react';
import { Button } from '../../kit/Button.tsx';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { Menu } from '../../kit/Menu.tsx';
import type { TreeState } from './useTree.ts';

const ALL = 'all';

/** Whose tree it is: of all agents together, or as one of them alone tells it. Only where several do. */
export function AgentSwitch({ state }: { readonly state: TreeState }) {
  const { model, view, change } = state;
  const { agents } = model.answer;
  const [chosen] = view.agents;
  if (agents.length < 2 && chosen === undefined) return null;
  return (
    <Menu
      label="Agents that tell of this tree"
      entries={[
        { id: ALL, text: 'All agents', chosen: chosen === undefined },
        ...agents.map(({ agent, processes }) => ({
          id: agent,
          text: agentWords(agent),
          detail: processes === 0 ? 'no processes' : formatNoun(processes, 'process', 'processes'),
          chosen: agent === chosen,
        })),
      ]}
      onChoose={(id) => change({ agents: id === ALL ? [] : [id] }, 'push')}
    >
      <Button kind="quiet">
        {chosen === undefined
          ? `All ${formatCount(agents.length)} agents`
          : `${agentWords(chosen)} alone`}
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
    </Menu>
  );
}
