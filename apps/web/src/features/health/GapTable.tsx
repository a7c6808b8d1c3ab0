import { gapWords } from '@forebear/model/words/gapWords';
import type { SourceGap } from '../../api/answers.ts';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import type { View } from '../../url/view.ts';
import styles from './HealthPage.module.css';

export interface GapTableProps {
  readonly gaps: readonly SourceGap[];
  readonly view: View;
}

/** Where the log is known to be silent about what happened: node, time, kind, how much. */
export function GapTable({ gaps, view }: GapTableProps) {
  return (
    <table className={styles.table}>
      <caption>
        {formatNoun(gaps.length, 'gap')} of this file or stream: events that are known to be missing
      </caption>
      <thead>
        <tr>
          <th scope="col">Node</th>
          <th scope="col">Kind</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">Lost</th>
          <th scope="col">What the log says</th>
        </tr>
      </thead>
      <tbody>
        {gaps.map((gap, at) => (
          <tr key={`${at}${gap.node}${gap.kind}`}>
            <td>
              <SafeText text={gap.node === '' ? 'any' : gap.node} />
            </td>
            <td>
              <SafeText text={gapWords(gap.kind)} />
            </td>
            <td>
              {gap.from === null ? (
                'the beginning'
              ) : (
                <TimeText time={gap.from} zone={view.zone} day />
              )}
            </td>
            <td>{gap.to === null ? 'the end' : <TimeText time={gap.to} zone={view.zone} day />}</td>
            <td className={styles.number}>
              {gap.count === null ? 'unknown' : formatCount(gap.count)}
            </td>
            <td>
              <SafeText text={gap.detail} className={styles.muted} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
