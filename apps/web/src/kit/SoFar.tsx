import { cls } from './cls.ts';
import { ProgressBar } from './ProgressBar.tsx';
import styles from './SoFar.module.css';

export interface SoFarProps {
  /** How far the answer has come, which the head says in words; undefined: it is whole. */
  readonly derived: { readonly parts: number; readonly of: number } | undefined;
  /** What is on screen answers an earlier question, which the head says in words. */
  readonly isOld: boolean;
}

/**
 * Over a list that is not yet, or not all, what was asked for. It takes no room and covers nothing: what stands below
 * must not move under the pointer when an answer comes.
 */
export function SoFar({ derived, isOld }: SoFarProps) {
  if (!isOld && derived === undefined) return null;
  return (
    <div className={styles.place}>
      <div className={cls(styles.line, isOld && styles.later)}>
        {isOld || derived === undefined ? (
          <ProgressBar label="Looking" />
        ) : (
          <ProgressBar
            label="Parts of the case that are gone through"
            value={derived.parts / derived.of}
          />
        )}
      </div>
    </div>
  );
}
