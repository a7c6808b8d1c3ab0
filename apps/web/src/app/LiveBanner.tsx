import { useEffect, useState } from 'react';
import type { LiveState } from '../api/liveStream.ts';
import { useLive } from '../api/services.ts';
import { formatDuration } from '../kit/format.ts';
import styles from './Live.module.css';

/** Says that the stream is gone: which hop, since when, when the next try is. The page under it stays as it was. */
export function LiveBanner() {
  const { state } = useLive();
  return state.kind === 'lost' ? <LostBanner key={state.since} lost={state} /> : null;
}

type Lost = Extract<LiveState, { readonly kind: 'lost' }>;

function LostBanner({ lost }: { readonly lost: Lost }) {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  // A first hiccup is over before anybody has read the sentence.
  if (now - lost.since < 1500) return null;
  const wait = Math.max(0, Math.ceil((lost.retryAt - now) / 1000));
  return (
    <div className={styles.banner} role="status">
      <span aria-hidden="true">▲</span>
      <span>
        Live updates from the server stopped{' '}
        {formatDuration(Math.round((now - lost.since) / 1000) * 1000)} ago ({lost.reason}). What is
        on screen stays; {wait === 0 ? 'trying again now.' : `next try in ${wait} s.`}
      </span>
    </div>
  );
}
