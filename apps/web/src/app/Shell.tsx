import { Outlet, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useServices } from '../api/services.ts';
import { DropAnywhere } from '../features/start/DropAnywhere.tsx';
import { NoSuchCase, useHasCase } from '../features/start/NoSuchCase.tsx';
import { UploadTray } from '../features/start/UploadTray.tsx';
import { Tour } from '../features/tour/Tour.tsx';
import { AnnounceProvider } from '../kit/Announcer.tsx';
import { bindingOf, isTyping, keyMap } from '../kit/keys.ts';
import { namespaceOfPath } from '../url/links.ts';
import { HelpDialog } from './HelpDialog.tsx';
import { LiveBanner } from './LiveBanner.tsx';
import styles from './Shell.module.css';
import { TopBar } from './TopBar.tsx';
import { useLiveRefresh } from './useLiveRefresh.ts';
import { usePageTitle } from './usePageTitle.ts';

/** What is around every page. */
export function Shell() {
  const { case: caseName, namespace, pod } = useParams({ strict: false });
  const [helpOpen, setHelpOpen] = useState(false);
  const { live } = useServices();
  const hasCase = useHasCase(caseName);
  const noSuchCase = hasCase === false;
  useEffect(() => {
    // Of a case that is not there nothing can be heard; when an upload begins it, there is.
    if (caseName === undefined || hasCase === false) live.stop();
    else if (hasCase === true)
      live.watch({ case: caseName, namespace: namespaceOfPath(namespace ?? ''), pod });
  }, [live, caseName, hasCase, namespace, pod]);
  useLiveRefresh(caseName);
  usePageTitle();

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const binding = bindingOf(event, keyMap);
      if (binding?.id !== 'help' || isTyping(event.target)) return;
      event.preventDefault();
      setHelpOpen(true);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <AnnounceProvider>
      <div className={styles.shell}>
        <a className={styles.skip} href="#main">
          Skip to the page
        </a>
        <TopBar caseName={caseName} onHelp={() => setHelpOpen(true)} />
        <LiveBanner />
        <Tour caseName={caseName} />
        <main id="main" className={styles.main} tabIndex={-1}>
          {noSuchCase && caseName !== undefined ? <NoSuchCase caseName={caseName} /> : <Outlet />}
        </main>
      </div>
      <UploadTray />
      <DropAnywhere caseName={caseName ?? 'default'} />
      <HelpDialog isOpen={helpOpen} onClose={() => setHelpOpen(false)} />
    </AnnounceProvider>
  );
}
