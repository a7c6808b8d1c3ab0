import { ProgressBar } from './ProgressBar.tsx';
import styles from './SoFar.module.css';

export interface SoFarProps {
  /** How far the answer has come, which the head says in words; undefined: it is whole. */
  readonly derived: { readonly parts: number; readonly of: number } | undefined;
  /** What is on screen answers an earlier question: this one has no answer yet. */
  readonly isOld: boolean;
  /** What is listed, in the plural: `pods`. */
  readonly what: string;
}

/**
 * Over a list that is not yet, or not all, what was asked for. It takes no room: what stands below must not move under the
 * pointer when an answer comes.
 */
export function SoFar({ derived, isOld, what }: SoFarProps) {
  if (isOld) {
    return (
      <div className={styles.place}>
        <div className={styles.old} role="status">
          <strong>Looking for the {what} of the new question…</strong> What stands below still
          answers the last one.
          <ProgressBar label="Looking" />
        </div>
      </div>
    );
  }
  if (derived === undefined) return null;
  return (
    <div className={styles.place}>
      <div className={styles.line}>
        <ProgressBar
          label="Parts of the case that are gone through"
          value={derived.parts / derived.of}
        />
      </div>
    </div>
  );
}
