import { dialectOfLabel } from '@forebear/model/words/agentWords';
import type { Source } from '../../api/answers.ts';
import { Badge } from '../../kit/Badge.tsx';
import { CopyButton } from '../../kit/CopyButton.tsx';
import { Fact, Facts } from '../../kit/Facts.tsx';
import { formatBytes, formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import type { View } from '../../url/view.ts';
import { GapTable } from './GapTable.tsx';
import styles from './HealthPage.module.css';
import { LedgerBar } from './LedgerBar.tsx';
import { QuarantineList } from './QuarantineList.tsx';

export interface SourceDetailsProps {
  readonly caseName: string;
  readonly one: Source;
  readonly view: View;
}

/** One source: its ledger, its parts, what was wrong with it, what was not understood. */
export function SourceDetails({ caseName, one, view }: SourceDetailsProps) {
  const kinds = Object.entries(one.kinds).toSorted(([, a], [, b]) => b - a);
  return (
    <div className={styles.details}>
      {one.note !== '' && (
        <p className={styles.note}>
          <SafeText text={one.note} />
        </p>
      )}
      <LedgerBar ledger={one.ledger} />
      <Facts>
        <Fact name="Started">
          <TimeText time={one.startedAt} zone={view.zone} day />
        </Fact>
        <Fact name="Finished">
          {one.finishedAt === null ? (
            'not yet'
          ) : (
            <TimeText time={one.finishedAt} zone={view.zone} day />
          )}
        </Fact>
        <Fact name="Cluster">
          {one.cluster === '' ? 'as the log says' : <SafeText text={one.cluster} />}
        </Fact>
        <Fact name="SHA-256">
          {one.sha256 === null ? (
            'when it has ended'
          ) : (
            <span className={styles.digest}>
              <SafeText mono text={one.sha256} shown={`${one.sha256.slice(0, 16)}…`} />
              <CopyButton text={one.sha256} what="SHA-256" />
            </span>
          )}
        </Fact>
        <Fact name="Events">
          <span className={styles.kinds}>
            {kinds.map(([kind, count]) => (
              <span key={kind}>
                <SafeText mono text={kind} /> {formatCount(count)}
              </span>
            ))}
            {kinds.some(([kind]) => dialectOfLabel(kind) === 'audit') && (
              <span className={styles.muted}>
                the API server writes an event for each stage of a call
              </span>
            )}
          </span>
        </Fact>
      </Facts>
      <h2 className={styles.small}>{formatNoun(one.members.length, 'file')}</h2>
      <ul className={styles.members}>
        {one.members.map((member) => (
          <li key={member.name}>
            <SafeText mono text={member.name} />{' '}
            <span className={styles.muted}>
              {formatBytes(member.bytes)} · {formatNoun(member.records, 'record')}
            </span>
            {member.damage.map((damage) => (
              <p key={`${damage.kind}${damage.offset}`} className={styles.damage}>
                <Badge tone="alert">{damage.kind}</Badge> at byte {formatCount(damage.offset)}:{' '}
                <SafeText text={damage.reason} />
              </p>
            ))}
          </li>
        ))}
      </ul>
      {one.gaps.length > 0 && <GapTable gaps={one.gaps} view={view} />}
      {one.ledger.quarantined > 0 && (
        <QuarantineList caseName={caseName} id={one.id} count={one.ledger.quarantined} />
      )}
    </div>
  );
}
