import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { podsQuery } from '../../api/queries.ts';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { caseLink, podLink } from '../../url/links.ts';
import { questionOf } from '../../url/question.ts';
import { flaggedPodsOf } from './flaggedPods.ts';
import styles from './PodNotes.module.css';
import { type PodAddress, scopeFilter } from './podAddress.ts';
import type { TreeState } from './useTree.ts';

/** So many pods are named; the overview has all. */
const MOST_NAMED = 6;

export interface HostFlagsProps {
  readonly address: PodAddress;
  readonly state: TreeState;
}

/** Whose the flags on a host's strip are, and the way to them: they are in pods, of which its tree has a row each. */
export function HostFlags({ address, state }: HostFlagsProps) {
  const { model, view } = state;
  const { late } = questionOf(view);
  const pods = useQuery(podsQuery(address.caseName, late === undefined ? {} : { late }));
  const { cluster } = model.columns.pod;
  const found = flaggedPodsOf(pods.data?.items ?? [], { node: address.node, cluster });
  if (found.flagged === 0) return null;
  const more = found.pods.length - MOST_NAMED;
  return (
    <p className={styles.note}>
      <b>
        {formatNoun(found.flagged, 'flagged process', 'flagged processes')} in{' '}
        {formatNoun(found.pods.length, 'pod')} on this host:
      </b>
      {found.pods.slice(0, MOST_NAMED).map(({ item, flagged }) => (
        <Link
          key={`${item.namespace}/${item.pod}/${item.uid}`}
          {...podLink(
            { caseName: address.caseName, namespace: item.namespace, pod: item.pod },
            view,
            { cluster: item.cluster, uid: item.uid === '' ? undefined : item.uid },
          )}
        >
          <SafeText text={item.pod} /> ⚑ {formatCount(flagged)}
        </Link>
      ))}
      {more > 0 && (
        <Link {...caseLink('overview', address.caseName, view, { filter: scopeFilter(address) })}>
          and {formatNoun(more, 'pod')} more
        </Link>
      )}
    </p>
  );
}
