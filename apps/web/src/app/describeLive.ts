import type { Source } from '../api/answers.ts';
import type { LiveState } from '../api/liveStream.ts';
import type { Receiving } from '../api/receiving.ts';
import { formatDuration, formatPercent, formatRate } from '../kit/format.ts';

/** Farther behind the clock than this a log is history, not a feed. */
const LIVE_LAG_MS = 600_000;

interface LiveWords {
  readonly tone: 'good' | 'idle' | 'held' | 'lost';
  readonly text: string;
}

/**
 * Whether there is anything to follow or to hold: a finished upload has nothing to be up to date with. `sources`: those
 * of the case, undefined while they are not known. What moves, is held or is lost is said in any case.
 */
export function isFollowed(
  sources: readonly Pick<Source, 'state' | 'kind'>[] | undefined,
  { tone }: Pick<LiveWords, 'tone'>,
): boolean {
  if (tone !== 'idle') return true;
  return (
    sources?.some(
      ({ state, kind }) => state === 'receiving' || state === 'live' || kind === 'push',
    ) ?? false
  );
}

/** What the dot says in words; the colour only repeats it. `receiving`: how far a log is that is on its way; absent: none is. */
export function describeLive(
  state: LiveState,
  paused: boolean,
  receiving?: Pick<Receiving, 'share'>,
): LiveWords {
  if (state.kind === 'lost') return { tone: 'lost', text: 'Not connected' };
  if (state.kind !== 'open') return { tone: 'idle', text: 'Connecting' };
  const { stats } = state;
  const rate = stats === undefined ? '' : formatRate(stats.eventsPerSecond, 'events');
  if (paused) return { tone: 'held', text: rate === '' ? 'Paused' : `Paused · ${rate}` };
  const lagMs = stats?.lagMs ?? LIVE_LAG_MS;
  if (lagMs < LIVE_LAG_MS) {
    return {
      tone: 'good',
      text: `Live · ${rate} · lag ${formatDuration(Math.max(0, lagMs))}`,
    };
  }
  // Between two batches nothing is stored for seconds: that is not to be up to date.
  if (receiving !== undefined) {
    const far = receiving.share === undefined ? '' : ` ${formatPercent(receiving.share)}`;
    const fast = (stats?.eventsPerSecond ?? 0) > 0 ? ` · ${rate}` : '';
    return { tone: 'good', text: `Receiving${far}${fast}` };
  }
  if (stats === undefined) return { tone: 'idle', text: 'Connected' };
  if (stats.eventsPerSecond > 0) return { tone: 'good', text: `Receiving · ${rate}` };
  return { tone: 'idle', text: 'Up to date' };
}
