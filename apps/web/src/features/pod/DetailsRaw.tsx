import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { asFailure } from '../../api/failure.ts';
import { processEventsQuery, rawQuery } from '../../api/queries.ts';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { RawView } from '../../kit/RawView.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import styles from './DetailsPanel.module.css';

export interface DetailsRawProps {
  readonly caseName: string;
  readonly processRef: string;
  readonly rawId: string;
}

/** The original record: of the event that was chosen, else of the process's first. */
export function DetailsRaw({ caseName, processRef, rawId }: DetailsRawProps) {
  const events = useInfiniteQuery(processEventsQuery(caseName, processRef));
  const own = (events.data?.pages ?? []).flatMap((page) => page.items);
  const chosen = own.some((event) => event.id === rawId) ? rawId : (own[0]?.id ?? '');
  const raw = useQuery({ ...rawQuery(caseName, chosen), enabled: chosen !== '' });
  if (chosen === '' && !events.isPending) {
    return (
      <EmptyState title="No record of its own">
        <p>The process is known from what other records say of it.</p>
      </EmptyState>
    );
  }
  if (raw.isPending) return <Skeleton label="Loading the record" />;
  if (raw.isError) {
    const failure = asFailure(raw.error);
    return (
      <ErrorState
        title="The record could not be loaded"
        reason={failure.message}
        code={failure.code}
        onRetry={() => void raw.refetch()}
      />
    );
  }
  return (
    <div className={styles.tab}>
      <RawView {...raw.data} />
    </div>
  );
}
