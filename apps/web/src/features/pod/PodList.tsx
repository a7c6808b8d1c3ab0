import { nodeWords } from '@forebear/model/words/nodeWords';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { PodItem } from '../../api/answers.ts';
import { asFailure } from '../../api/failure.ts';
import { podsQuery } from '../../api/queries.ts';
import { AstrayBadge } from '../../kit/AstrayBadge.tsx';
import { Badge } from '../../kit/Badge.tsx';
import { cls } from '../../kit/cls.ts';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { hostLink, podLink } from '../../url/links.ts';
import { questionOf } from '../../url/question.ts';
import type { View } from '../../url/view.ts';
import styles from './PodList.module.css';
import type { PodAddress } from './podAddress.ts';

const ITEM = 46;

export interface PodListProps {
  readonly address: PodAddress;
  readonly view: View;
}

/** The case's pods in the server's order: what stands out comes first. */
export function PodList({ address, view }: PodListProps) {
  const { late } = questionOf(view);
  const pods = useQuery(podsQuery(address.caseName, late === undefined ? {} : { late }));
  const items = pods.data?.items ?? [];
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => ITEM,
    overscan: 6,
    initialRect: { width: 200, height: 700 },
  });
  const chosen = items.findIndex((item) => isChosen(item, address, view));
  const shown = useRef(-1);
  useEffect(() => {
    if (chosen < 0 || shown.current === chosen) return;
    shown.current = chosen;
    virtual.scrollToIndex(chosen, { align: 'auto' });
  }, [chosen, virtual]);
  if (pods.isPending) return <Skeleton label="Loading the pods" />;
  if (pods.isError) {
    return (
      <p className={styles.failed}>The pods could not be loaded. {asFailure(pods.error).message}</p>
    );
  }
  const total = pods.data.nextCursor === null ? items.length : (pods.data.total ?? items.length);
  return (
    <nav className={styles.side} aria-label="Pods of the case">
      <p className={styles.total}>
        {formatNoun(total, 'pod or host', 'pods and hosts')}
        {items.length < total && `, the first ${formatCount(items.length)} here`}
        {pods.data.completeness.derived !== undefined && ' so far'}
      </p>
      <div ref={box} className={styles.list}>
        <ul className={styles.items} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const item = items[index];
            if (item === undefined) return null;
            return (
              <li
                key={index}
                className={styles.place}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Item item={item} address={address} view={view} isChosen={index === chosen} />
              </li>
            );
          })}
        </ul>
      </div>
    </nav>
  );
}

interface ItemProps extends PodListProps {
  readonly item: PodItem;
  readonly isChosen: boolean;
}

function Item({ item, address, view, isChosen: isHere }: ItemProps) {
  const { caseName } = address;
  const patch = { shape: view.shape, cluster: item.cluster };
  const link =
    item.kind === 'host'
      ? hostLink({ caseName, node: item.pod }, view, patch)
      : podLink({ caseName, namespace: item.namespace, pod: item.pod }, view, {
          ...patch,
          uid: item.uid === '' ? undefined : item.uid,
        });
  return (
    <Link
      {...link}
      className={cls(styles.item, isHere && styles.chosen)}
      aria-current={isHere ? 'page' : undefined}
    >
      <SafeText text={nodeWords(item.pod)} className={styles.name} />
      <span className={styles.facts}>
        <SafeText text={item.kind === 'host' ? 'host' : item.namespace} className={styles.where} />
        {item.lateNew > 0 && (
          <Badge tone="late" label={`${item.lateNew} late and new`}>
            {formatCount(item.lateNew)}
          </Badge>
        )}
        <AstrayBadge pod={item} />
        {item.alerts > 0 && (
          <Badge tone="alert" label={formatNoun(item.alerts, 'alert')}>
            {formatCount(item.alerts)}
          </Badge>
        )}
        {item.restarts > 0 && (
          <span title={formatNoun(item.restarts, 'restart')}>↻{item.restarts}</span>
        )}
        <span title={formatNoun(item.processes, 'process', 'processes')}>
          {formatCount(item.processes)}
        </span>
      </span>
    </Link>
  );
}

function isChosen(item: PodItem, { namespace, pod, node }: PodAddress, { uid }: View): boolean {
  if (pod === '') return item.kind === 'host' && item.pod === node;
  const isNamed = item.kind === 'pod' && item.pod === pod && item.namespace === namespace;
  return isNamed && (uid === undefined || uid === item.uid);
}
