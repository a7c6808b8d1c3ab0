import { authorWords } from '@forebear/model/words/authorWords';
import { memo } from 'react';
import type { CallItem } from '../../api/answers.ts';
import { cls } from '../../kit/cls.ts';
import {
  formatClock,
  type Moment,
  millisBetween,
  parseMoment,
  type Zone,
} from '../../kit/formatTime.ts';
import { visibleText } from '../../kit/visibleText.ts';
import { type StripSegment, xOfMs } from '../../view/stripScale.ts';
import { callDid, callSign, isRefused } from './callWords.ts';
import styles from './DensityStrip.module.css';

/** Nearer than this they are one mark. */
const APART = 15;

interface Spot {
  readonly x: number;
  readonly calls: CallItem[];
}

export interface StripCallsProps {
  readonly calls: readonly CallItem[];
  readonly scale: readonly StripSegment[];
  readonly from: Moment;
  readonly totalMs: number;
  readonly zone: Zone;
  /** Goes to the process that a call started. */
  readonly onGo: (ref: string) => void;
}

/**
 * Calls to the Kubernetes API as marks below the strip: who created the pod, who came in, what its service account did. For the
 * eye and the pointer; the pod's details list the same.
 */
export const StripCalls = memo(function StripCalls(props: StripCallsProps) {
  const { calls, scale, from, totalMs, zone, onGo } = props;
  const spots: Spot[] = [];
  for (const call of calls) {
    const at = parseMoment(call.time ?? '');
    if (at === undefined) continue;
    // The API server's clock is its own, and a pod is created before anything happens in it.
    const ms = Math.min(totalMs, Math.max(0, millisBetween(from, at)));
    const x = xOfMs(scale, ms);
    const last = spots.at(-1);
    if (last !== undefined && x - last.x < APART) last.calls.push(call);
    else spots.push({ x, calls: [call] });
  }
  return (
    <div className={styles.calls} aria-hidden="true">
      {spots.map(({ x, calls: here }) => {
        const ref = here.find(({ process }) => process !== null)?.process?.ref;
        return (
          <button
            key={here[0]?.auditId}
            type="button"
            tabIndex={-1}
            className={cls(styles.call, here.every(isRefused) && styles.refused)}
            style={{ left: x }}
            title={here.map((call) => titleOf(call, zone)).join('\n')}
            onClick={() => {
              if (ref !== undefined) onGo(ref);
            }}
          >
            {callSign(here)}
            {here.length > 1 && <sub>{here.length}</sub>}
          </button>
        );
      })}
    </div>
  );
});

/** Who, what, when; text of the log, made visible. */
function titleOf(call: CallItem, zone: Zone): string {
  const at = parseMoment(call.time ?? '');
  const when = at === undefined ? 'no time' : formatClock(at, zone, 'ms');
  const refused = isRefused(call) ? ` · refused (${call.code})` : '';
  return visibleText(`${when} ${authorWords(call)} ${callDid(call)}${refused}`);
}
