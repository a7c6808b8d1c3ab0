import { useRouterState } from '@tanstack/react-router';
import { useUploads } from '../../api/services.ts';
import { isGoing } from '../../api/uploads.ts';
import { formatNoun } from '../../kit/format.ts';
import { UploadRow } from './UploadRow.tsx';
import styles from './UploadTray.module.css';

/** The files on their way, in the corner of every page but the start page, which shows them itself. */
export function UploadTray() {
  const uploads = useUploads();
  const onStart = useRouterState({ select: (state) => state.location.pathname === '/' });
  if (onStart || uploads.length === 0) return null;
  const going = uploads.filter(isGoing).length;
  return (
    <section className={styles.tray} aria-label="Uploads">
      <h2 className={styles.title}>
        {going > 0
          ? `Uploading ${formatNoun(going, 'file')}`
          : `${formatNoun(uploads.length, 'upload')} finished`}
      </h2>
      <ul className={styles.list}>
        {uploads.map((one) => (
          <UploadRow key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}
