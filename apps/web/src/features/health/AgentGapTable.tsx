import { gapWords } from '@forebear/model/words/gapWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import type { SourceGap } from '../../api/answers.ts';
import { formatCount } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import type { View } from '../../url/view.ts';
import { gapReportWords } from './gapReport.ts';
import styles from './HealthPage.module.css';

/** A node under load may report a loss each second: more than this many are counted, not drawn. */
const MOST_ROWS = 200;

export interface AgentGapTableProps {
  readonly nodes: readonly { readonly node: string; readonly gaps: readonly SourceGap[] }[];
  readonly view: View;
}

/** What the agents themselves said they lost, in the order of time; nothing when they said nothing. */
export function AgentGapTable({ nodes, view }: AgentGapTableProps) {
  const gaps = nodes
    .flatMap((node) => node.gaps.map((gap) => ({ ...gap, node: node.node })))
    .toSorted((a, b) => compareTimes(a.from, b.from));
  if (gaps.length === 0) return null;
  return (
    <section aria-label="What agents reported of their gaps">
      <h2>What agents reported of their gaps</h2>
      <table className={styles.table}>
        <caption>
          {gapReportWords(gaps)}
          {gaps.length > MOST_ROWS && `, the first ${formatCount(MOST_ROWS)} shown`}
        </caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Node</th>
            <th scope="col">What the agent says</th>
            <th scope="col" className={styles.number}>
              Events lost
            </th>
            <th scope="col">Cgroup</th>
          </tr>
        </thead>
        <tbody>
          {gaps.slice(0, MOST_ROWS).map((gap, at) => (
            <tr key={`${at}${gap.node}${gap.kind}`}>
              <td>
                <TimeText time={gap.from} zone={view.zone} day none="not told" />
                {gap.to !== gap.from && (
                  <>
                    {' to '}
                    <TimeText time={gap.to} beside={gap.from} zone={view.zone} none="not told" />
                  </>
                )}
              </td>
              <td>
                <SafeText text={nodeWords(gap.node)} />
              </td>
              <td>
                <SafeText text={gapWords(gap.kind)} />
              </td>
              <td className={styles.number}>
                {gap.count === null ? 'not told' : formatCount(gap.count)}
              </td>
              <td>
                <SafeText mono text={gap.detail === '' ? '–' : gap.detail} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function compareTimes(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
