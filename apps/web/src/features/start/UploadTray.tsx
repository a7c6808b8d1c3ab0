import { Link, useParams, useRouterState } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useServices, useUploads } from '../../api/services.ts';
import { isGoing, type Upload } from '../../api/uploads.ts';
import { IconButton } from '../../kit/Button.tsx';
import { cls } from '../../kit/cls.ts';
import { formatNoun } from '../../kit/format.ts';
import { caseLink } from '../../url/links.ts';
import { defaultView } from '../../url/view.ts';
import { UploadList } from './UploadList.tsx';
import styles from './UploadTray.module.css';

/** What arrived whole needs no more room; anything else stays until it is closed. */
const GOES_AFTER_MS = 8000;

/** The files on their way, in the corner of every page but the start page, which shows them itself. */
export function UploadTray() {
  const list = useUploads();
  const { uploads } = useServices();
  const onStart = useRouterState({ select: (state) => state.location.pathname === '/' });
  const { case: here } = useParams({ strict: false });
  const quiet = list.length > 0 && list.every(isUneventful);
  useEffect(() => {
    if (onStart || !quiet) return undefined;
    const timer = setTimeout(() => {
      for (const { id } of list) uploads.dismiss(id);
    }, GOES_AFTER_MS);
    return () => clearTimeout(timer);
  }, [onStart, quiet, list, uploads]);
  if (onStart || list.length === 0) return null;
  const elsewhere = list.find((one) => one.caseName !== here)?.caseName;
  const going = list.filter(isGoing).length;
  return (
    <section className={cls(styles.tray, quiet && styles.quiet)} aria-label="Uploads">
      <header className={styles.head}>
        <h2 className={styles.title}>
          {going > 0
            ? `Uploading ${formatNoun(going, 'file')}`
            : `${formatNoun(list.length, 'upload')} finished${quiet ? `, ${newsOf(list)}` : ''}`}
        </h2>
        {quiet && elsewhere !== undefined && (
          <Link {...caseLink('overview', elsewhere, defaultView)}>Open the case</Link>
        )}
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
      {!quiet && (
        <div className={styles.list}>
          <UploadList list={list} />
        </div>
      )}
    </section>
  );
}

/** What is new in the case by them, in a word. */
function newsOf(list: readonly Upload[]): string {
  const events = list.reduce(
    (sum, { state }) => sum + (state.kind === 'done' ? state.source.ledger.events : 0),
    0,
  );
  return events === 0 ? 'nothing new in it' : formatNoun(events, 'event');
}

function isUneventful({ state }: Upload): boolean {
  return (
    state.kind === 'done' &&
    state.source.state === 'complete' &&
    state.source.ledger.quarantined === 0
  );
}
