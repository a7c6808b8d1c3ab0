import { agentWords } from '@forebear/model/words/agentWords';
import { countLosses } from '@forebear/model/words/gapWords';
import { nodeWords, tellsRate } from '@forebear/model/words/nodeWords';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { NodeItem } from '../../api/answers.ts';
import { asFailure } from '../../api/failure.ts';
import { nodesQuery, podsQuery } from '../../api/queries.ts';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatCount, formatRate } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { hostLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';
import styles from './HealthPage.module.css';

/** Which nodes reported what, how fast, from when to when. */
export function NodeTable({ caseName, view }: { readonly caseName: string; readonly view: View }) {
  const nodes = useQuery(nodesQuery(caseName));
  if (nodes.isPending) return <Skeleton label="Loading the nodes" rows={3} />;
  if (nodes.isError) {
    const failure = asFailure(nodes.error);
    return (
      <ErrorState
        title="The nodes could not be loaded"
        reason={failure.message}
        code={failure.code}
        onRetry={() => void nodes.refetch()}
      />
    );
  }
  if (nodes.data.items.length === 0)
    return <p className={styles.muted}>No node has reported yet.</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Node</th>
          <th scope="col">Cluster</th>
          <th scope="col">Agents</th>
          <th scope="col" className={styles.number}>
            Events
          </th>
          <th scope="col" className={styles.number}>
            Rate
          </th>
          <th scope="col">First event</th>
          <th scope="col">Last event</th>
          <th scope="col" className={styles.number}>
            Agent gaps
          </th>
        </tr>
      </thead>
      <tbody>
        {nodes.data.items.map((one) => (
          <tr key={`${one.cluster}/${one.node}`}>
            <td>
              <NodeName caseName={caseName} view={view} node={one} />
            </td>
            <td>
              <SafeText text={one.cluster} />
            </td>
            <td>
              <SafeText text={one.agents.map(agentWords).join(', ')} />
            </td>
            <td className={styles.number}>{formatCount(one.events)}</td>
            <td className={styles.number}>
              {tellsRate(one) ? (
                formatRate(one.rate, 'events')
              ) : (
                <span
                  className={styles.zero}
                  title="Too few events, or in no time at all, to tell a rate"
                >
                  –
                </span>
              )}
            </td>
            <td>
              <TimeText time={one.firstEvent} zone={view.zone} digits="s" day none="–" />
            </td>
            <td>
              <TimeText time={one.lastEvent} zone={view.zone} digits="s" day none="–" />
            </td>
            <td className={styles.number}>
              <Losses count={countLosses(one.gaps)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface NodeNameProps {
  readonly caseName: string;
  readonly view: View;
  readonly node: NodeItem;
}

/** A link to the host's tree. Records that name no node are of no host, unless they name processes. */
function NodeName({ caseName, view, node: { node, cluster } }: NodeNameProps) {
  const pods = useQuery({ ...podsQuery(caseName), enabled: node === '' });
  const hasTree =
    node !== '' ||
    pods.data?.items.some(
      (one) => one.kind === 'host' && one.pod === '' && one.cluster === cluster,
    ) === true;
  if (!hasTree) return <span className={styles.muted}>{nodeWords(node)}</span>;
  return (
    <Link {...hostLink({ caseName, node }, view, { cluster })}>
      <SafeText text={nodeWords(node)} />
    </Link>
  );
}

function Losses({ count }: { readonly count: number }) {
  if (count === 0) return <span className={styles.zero}>–</span>;
  return <span className={styles.lack}>{formatCount(count)}</span>;
}
