import { formatCount } from './format.ts';
import { ProgressBar } from './ProgressBar.tsx';
import styles from './SoFar.module.css';

export interface SoFarProps {
  /** How far the answer has come; undefined: it is whole, and nothing is said. */
  readonly derived: { readonly parts: number; readonly of: number } | undefined;
  /** What is still coming, in the plural: `pods`. */
  readonly what: string;
}

/** Over a list of a large case that is shown while it is still being gathered. */
export function SoFar({ derived, what }: SoFarProps) {
  if (derived === undefined) return null;
  const { parts, of } = derived;
  return (
    <div className={styles.soFar}>
      <p>
        <strong>
          So far: {formatCount(parts)} of {formatCount(of)} parts of this case.
        </strong>{' '}
        More {what} are on their way, and sums still grow.
      </p>
      <ProgressBar label="Parts of the case that are derived" value={parts / of} />
    </div>
  );
}
