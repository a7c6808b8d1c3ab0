import { formatCount } from './format.ts';
import { ProgressBar } from './ProgressBar.tsx';
import styles from './SoFar.module.css';

export interface SoFarProps {
  /** How far the answer has come; undefined: it is whole. */
  readonly derived: { readonly parts: number; readonly of: number } | undefined;
  /** What is on screen answers an earlier question: this one has no answer yet. */
  readonly isOld: boolean;
  /** What is listed, in the plural: `pods`. */
  readonly what: string;
}

/** Over a list that is not yet, or not all, what was asked for. */
export function SoFar({ derived, isOld, what }: SoFarProps) {
  if (isOld) {
    return (
      <div className={styles.late}>
        <p>
          <strong>Looking for the {what} of the new question…</strong> What stands below still
          answers the last one.
        </p>
        <ProgressBar label="Looking" />
      </div>
    );
  }
  if (derived === undefined) return null;
  const { parts, of } = derived;
  return (
    <div className={styles.soFar}>
      <p>
        <strong>
          Gathering: {formatCount(parts)} of {formatCount(of)} parts of this case are gone through.
        </strong>{' '}
        The {what} of the others and all sums are still to come.
      </p>
      <ProgressBar label="Parts of the case that are gone through" value={parts / of} />
    </div>
  );
}
