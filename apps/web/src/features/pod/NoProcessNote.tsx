import { agentList } from '@forebear/model/words/agentWords';
import { processTellers } from '@forebear/model/words/missing';
import { Button } from '../../kit/Button.tsx';
import { formatNoun } from '../../kit/format.ts';
import { noProcessText } from './noProcessText.ts';
import styles from './PodNotes.module.css';
import type { PodAddress } from './podAddress.ts';
import { usePodCalls } from './usePodCalls.ts';
import type { TreeState } from './useTree.ts';

export interface NoProcessNoteProps {
  readonly address: PodAddress;
  readonly state: TreeState;
  readonly onDetails: () => void;
}

/** A tree in which no process is: who would have told of them, what is there instead, and the way to it. */
export function NoProcessNote({ address, state, onDetails }: NoProcessNoteProps) {
  const { model, view, change } = state;
  const calls = usePodCalls(address);
  if (model.count > 0) return null;
  const { agents } = model.answer;
  const { silent, others } = noProcessText(agents, view.agents);
  return (
    <p className={styles.note}>
      <span>
        <b>{silent}</b>{' '}
        {others === ''
          ? `A tree needs an agent that says what was started: ${agentList(processTellers(), 'or')}.`
          : others}
      </span>
      {view.agents.length > 0 && (
        <Button kind="quiet" onPress={() => change({ agents: [] }, 'push')}>
          Show all agents
        </Button>
      )}
      {calls.length > 0 && (
        <Button kind="quiet" onPress={onDetails}>
          Show its {formatNoun(calls.length, 'call')} to the API server
        </Button>
      )}
    </p>
  );
}
