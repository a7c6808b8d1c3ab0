import { useQuery } from '@tanstack/react-query';
import { asFailure } from '../../api/failure.ts';
import { rawQuery } from '../../api/queries.ts';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { RawView } from '../../kit/RawView.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';

/** The original record that an alert was read from, byte for byte. */
export function AlertRecord({ caseName, id }: { readonly caseName: string; readonly id: string }) {
  const raw = useQuery(rawQuery(caseName, id));
  if (raw.isPending) return <Skeleton label="Loading the record" rows={3} />;
  if (raw.isError)
    return (
      <ErrorState
        title="The record could not be loaded"
        reason={asFailure(raw.error).message}
        code={asFailure(raw.error).code}
        onRetry={() => void raw.refetch()}
      />
    );
  return <RawView {...raw.data} />;
}
