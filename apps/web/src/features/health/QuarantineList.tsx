import { rejectionWords } from '@forebear/model/words/rejectionWords';
import { useInfiniteQuery } from '@tanstack/react-query';
import { asFailure } from '../../api/failure.ts';
import { quarantineQuery } from '../../api/queries.ts';
import { Button } from '../../kit/Button.tsx';
import { CopyButton } from '../../kit/CopyButton.tsx';
import { clipEnd } from '../../kit/clip.ts';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatBytes, formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import styles from './HealthPage.module.css';

export interface QuarantineListProps {
  readonly caseName: string;
  readonly id: string;
  readonly count: number;
}

/** Records that were meant as events and not understood: their bytes are kept, and this is where they lie. */
export function QuarantineList({ caseName, id, count }: QuarantineListProps) {
  const query = useInfiniteQuery(quarantineQuery(caseName, id));
  const items = (query.data?.pages ?? []).flatMap((page) => page.items);
  if (query.isPending) return <Skeleton label="Loading the records" rows={4} />;
  if (query.isError) {
    const failure = asFailure(query.error);
    return (
      <ErrorState
        title="The records could not be loaded"
        reason={failure.message}
        code={failure.code}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return (
    <div className={styles.quarantine}>
      <table className={styles.table}>
        <caption>
          {formatNoun(count, 'record')} not understood; the bytes are kept
          {items.length < count && `, ${formatCount(items.length)} shown`}
        </caption>
        <thead>
          <tr>
            <th scope="col" className={styles.number}>
              Line
            </th>
            <th scope="col" className={styles.number}>
              Offset
            </th>
            <th scope="col" className={styles.number}>
              Length
            </th>
            <th scope="col">Reason</th>
            <th scope="col">First bytes</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={`${one.member}:${one.offset}`}>
              <td className={styles.number}>{formatCount(one.line)}</td>
              <td className={styles.number}>{formatCount(one.offset)}</td>
              <td className={styles.number}>{formatBytes(one.length)}</td>
              <td>
                <SafeText text={rejectionWords(one.reason)} />
              </td>
              <td>
                <SafeText
                  mono
                  text={one.sample}
                  shown={clipEnd(one.sample, 90)}
                  className={styles.muted}
                />
                <CopyButton text={one.sample} what="first bytes" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {query.hasNextPage && (
        <Button isDisabled={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  );
}
