import type { ReactNode } from 'react';
import styles from './SoFar.module.css';
import { useLasting } from './useLasting.ts';

/** Most answers are there before anybody could read that they are looked for. */
const READ_AFTER_MS = 300;

export interface AnswerFactsProps {
  /** What is on screen answers an earlier question. */
  readonly isOld: boolean;
  /** What is listed, in the plural: `pods`. */
  readonly what: string;
  /** Counts of the answer, and how complete it is. */
  readonly children: ReactNode;
}

/** The facts of a list in its head; while another question is on its way, that, instead of counts that answer none. */
export function AnswerFacts({ isOld, what, children }: AnswerFactsProps) {
  const isLooking = useLasting(isOld, READ_AFTER_MS);
  if (!isLooking) return children;
  return (
    <span role="status">
      <strong className={styles.looking}>Looking for the {what} of the new question…</strong> What
      stands below still answers the last one.
    </span>
  );
}
