import type { ReactNode } from 'react';
import { formatCount, formatNoun } from './format.ts';
import styles from './Truth.module.css';

export interface TruthProps {
  readonly complete: boolean;
  readonly agentLoss: string;
  readonly gaps: number;
  readonly quarantined: number;
  readonly shardsMissing: number;
  /** Where to look: a link. */
  readonly more?: ReactNode;
}

/** How much of the truth a view holds. The word *complete* stands only where the server proved it. */
export function Truth({ complete, agentLoss, gaps, quarantined, shardsMissing, more }: TruthProps) {
  const lacks = [
    quarantined > 0 ? `${formatNoun(quarantined, 'record')} not understood` : '',
    gaps > 0 ? formatNoun(gaps, 'gap') : '',
    agentLoss === 'reported' ? 'agent reported loss' : '',
    shardsMissing > 0 ? `${formatCount(shardsMissing)} shards missing` : '',
  ].filter((lack) => lack !== '');
  if (complete) {
    return (
      <span className={styles.whole} title={`Every source ended cleanly; agent loss: ${agentLoss}`}>
        <span aria-hidden="true">✓</span> file complete
      </span>
    );
  }
  return (
    <span className={styles.part} title={`Agent loss: ${agentLoss}`}>
      <span aria-hidden="true">◑</span> {lacks.length === 0 ? 'not complete' : lacks.join(' · ')}
      {more !== undefined && <> {more}</>}
    </span>
  );
}
