import { agentWords } from '@forebear/model/words/agentWords';
import { authorWords } from '@forebear/model/words/authorWords';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import styles from './PodHead.module.css';
import type { PodAddress } from './podAddress.ts';
import { creationOf, usePodCalls } from './usePodCalls.ts';
import type { TreeState } from './useTree.ts';

/** Who created the pod, and which agents tell of it; nothing where the log does not say and one agent tells all. */
export function PodOrigin({
  address,
  state,
}: {
  readonly address: PodAddress;
  readonly state: TreeState;
}) {
  const { model, view } = state;
  const { agents } = model.answer;
  const created = creationOf(usePodCalls(address));
  if (created === undefined && agents.length < 2) return null;
  return (
    <p className={styles.origin}>
      {agents.length > 1 && (
        <span>told by {agents.map(({ agent }) => agentWords(agent)).join(', ')}</span>
      )}
      {created !== undefined && (
        <span>
          created by <SafeText text={authorWords(created)} /> at{' '}
          <TimeText time={created.time} zone={view.zone} digits="ms" />
        </span>
      )}
    </p>
  );
}
