import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { asFailure } from '../../api/failure.ts';
import { rawQuery } from '../../api/queries.ts';
import { IconButton } from '../../kit/Button.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { RawView } from '../../kit/RawView.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import styles from './EventsPage.module.css';

export interface RawDrawerProps {
  readonly caseName: string;
  readonly id: string;
  readonly onClose: () => void;
}

/** The original record of one event, byte for byte. */
export function RawDrawer({ caseName, id, onClose }: RawDrawerProps) {
  const raw = useQuery(rawQuery(caseName, id));
  return (
    <section className={styles.drawer} aria-label="Original record">
      <header className={styles.drawerHead}>
        <h2>Original record</h2>
        <IconButton icon={<X aria-hidden="true" />} label="Close" keys="Esc" onPress={onClose} />
      </header>
      {raw.isPending && <Skeleton label="Loading the record" />}
      {raw.isError && (
        <ErrorState
          title="The record could not be loaded"
          reason={asFailure(raw.error).message}
          code={asFailure(raw.error).code}
          onRetry={() => void raw.refetch()}
        />
      )}
      {raw.data !== undefined && <RawView {...raw.data} />}
    </section>
  );
}
