import {
  isGraveSeverity,
  ownSeverity,
  severityRank,
  severitySign,
} from '@forebear/model/words/severityWords';
import { cls } from '../../kit/cls.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import styles from './AlertsPage.module.css';

export interface SeverityMarkProps {
  readonly severity: string;
  /** The agent's own word or figure. */
  readonly own?: string;
}

/** A severity: sign, word and colour, and the agent's own word where it is another. */
export function SeverityMark({ severity, own = '' }: SeverityMarkProps) {
  const other = ownSeverity(severity, own);
  return (
    <>
      <span className={cls(styles.severity, toneOf(severity))}>
        <span className={styles.sign} aria-hidden="true">
          {severitySign(severity)}
        </span>
        {severity}
      </span>
      {other !== '' && (
        <span className={styles.own} title={`The agent calls it ${other}`}>
          (<SafeText text={other} />)
        </span>
      )}
    </>
  );
}

function toneOf(severity: string): string | undefined {
  if (severityRank(severity) <= severityRank('Critical')) return styles.critical;
  if (isGraveSeverity(severity)) return styles.grave;
  return severityRank(severity) <= severityRank('Notice') ? styles.mild : styles.faint;
}
