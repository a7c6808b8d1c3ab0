import { createContext, type ReactNode, use, useCallback, useRef, useState } from 'react';
import styles from './Announcer.module.css';

const AnnounceContext = createContext<(message: string) => void>(() => undefined);
const QUIET_MS = 3000;

/** Holds the page's one polite live region: at most one message in three seconds, the newest wins. */
export function AnnounceProvider({ children }: { readonly children: ReactNode }) {
  const [spoken, setSpoken] = useState('');
  const waiting = useRef<{ next: string } | undefined>(undefined);
  const announce = useCallback((message: string) => {
    if (waiting.current !== undefined) {
      waiting.current.next = message;
      return;
    }
    const say = (text: string) => {
      setSpoken(text);
      const held = { next: '' };
      waiting.current = held;
      setTimeout(() => {
        waiting.current = undefined;
        if (held.next !== '') say(held.next);
      }, QUIET_MS);
    };
    say(message);
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className={styles.region} role="status" aria-live="polite">
        {spoken}
      </div>
    </AnnounceContext>
  );
}

/** Says something to a reader who cannot see it happen. */
export function useAnnounce(): (message: string) => void {
  return use(AnnounceContext);
}
