import { Button } from '../../kit/Button.tsx';
import { formatCount } from '../../kit/format.ts';
import type { ChangeView } from '../../url/useView.ts';
import type { View } from '../../url/view.ts';
import styles from './Conversations.module.css';
import { isWithoutResolver, notableFirst } from './conversationRows.ts';

export interface ResolverBarProps {
  /** Conversations that the list on screen leaves out. */
  readonly leftOut: number;
  readonly isDefaultOrder: boolean;
  readonly view: View;
  readonly change: ChangeView;
}

/** In what order the list is, and lookups at the cluster's resolver: in their thousands, so one press leaves them out. */
export function ResolverBar({ leftOut, isDefaultOrder, view, change }: ResolverBarProps) {
  const isLeftOut = isWithoutResolver(view);
  return (
    <div className={styles.bar}>
      <Button kind="quiet" onPress={() => change({ without: isLeftOut ? [] : ['dns'] })}>
        {isLeftOut
          ? 'Show DNS to the cluster’s resolver'
          : 'Leave out DNS to the cluster’s resolver'}
      </Button>
      <p className={styles.note}>
        {isLeftOut && <strong>{formatCount(leftOut)} left out. </strong>}
        {isDefaultOrder && <>Order: {notableFirst}.</>}
      </p>
    </div>
  );
}
