import { useRouterState } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useServices, useUploads } from '../../api/services.ts';
import { isGoing } from '../../api/uploads.ts';
import { IconButton } from '../../kit/Button.tsx';
import { formatNoun } from '../../kit/format.ts';
import { UploadRow } from './UploadRow.tsx';
import styles from './UploadTray.module.css';

/** The files on their way, in the corner of every page but the start page, which shows them itself. */
export function UploadTray() {
  const list = useUploads();
  const { uploads } = useServices();
  const onStart = useRouterState({ select: (state) => state.location.pathname === '/' });
  if (onStart || list.length === 0) return null;
  const going = list.filter(isGoing).length;
  return (
    <section className={styles.tray} aria-label="Uploads">
      <header className={styles.head}>
        <h2 className={styles.title}>
          {going > 0
            ? `Uploading ${formatNoun(going, 'file')}`
            : `${formatNoun(list.length, 'upload')} finished`}
        </h2>
        {going === 0 && (
          <IconButton
            icon={<X aria-hidden="true" />}
            label="Close"
            onPress={() => {
              for (const { id } of list) uploads.dismiss(id);
            }}
          />
        )}
      </header>
      <ul className={styles.list}>
        {list.map((one) => (
          <UploadRow key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}
