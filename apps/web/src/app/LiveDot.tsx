import { Pause, Play } from 'lucide-react';
import type { LiveState } from '../api/liveStream.ts';
import { useLive, useServices } from '../api/services.ts';
import { IconButton } from '../kit/Button.tsx';
import { cls } from '../kit/cls.ts';
import { formatDuration, formatRate } from '../kit/format.ts';
import styles from './Live.module.css';

/** Whether the page follows the case: rate, lag, and the switch that holds it still. */
export function LiveDot() {
  const { live } = useServices();
  const { state, paused } = useLive();
  if (state.kind === 'off') return null;
  const { tone, text } = describeLive(state, paused);
  return (
    <span className={styles.live}>
      <span className={cls(styles.dot, styles[tone])} aria-hidden="true" />
      <span className={styles.words}>{text}</span>
      <IconButton
        icon={paused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
        label={paused ? 'Follow live again' : 'Hold the page still'}
        onPress={() => live.setPaused(!paused)}
      />
    </span>
  );
}

/** Farther behind the clock than this a log is history, not a feed. */
const LIVE_LAG_MS = 600_000;

interface LiveWords {
  readonly tone: 'good' | 'idle' | 'held' | 'lost';
  readonly text: string;
}

/** What the dot says in words; the colour only repeats it. */
export function describeLive(state: LiveState, paused: boolean): LiveWords {
  if (state.kind === 'lost') return { tone: 'lost', text: 'Not connected' };
  if (state.kind !== 'open') return { tone: 'idle', text: 'Connecting' };
  const { stats } = state;
  const rate = stats === undefined ? '' : formatRate(stats.eventsPerSecond, 'events');
  if (paused) return { tone: 'held', text: rate === '' ? 'Paused' : `Paused · ${rate}` };
  if (stats === undefined) return { tone: 'idle', text: 'Connected' };
  if (stats.lagMs !== null && stats.lagMs < LIVE_LAG_MS) {
    return {
      tone: 'good',
      text: `Live · ${rate} · lag ${formatDuration(Math.max(0, stats.lagMs))}`,
    };
  }
  if (stats.eventsPerSecond > 0) return { tone: 'good', text: `Receiving · ${rate}` };
  return { tone: 'idle', text: 'Up to date' };
}
