import { authorWords } from '@forebear/model/words/authorWords';
import { type KeyboardEvent, memo, useState } from 'react';
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
import { callDid, callerWords, callSign, failureWords, isRefused } from '../../view/callWords.ts';
import { type StripSegment, xOfMs } from '../../view/stripScale.ts';

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
  readonly onOpen: (calls: readonly CallItem[]) => void;
}

/**
 * Calls to the Kubernetes API as marks below the strip: who created the pod, who came in, what its service account did. One tab
 * stop; the arrows go from mark to mark.
 */
export const StripCalls = memo(function StripCalls(props: StripCallsProps) {
  const { calls, scale, from, totalMs, zone, onOpen } = props;
  const [at, setAt] = useState(0);
  const spots = spotsOf(calls, (time) => {
    // The API server's clock is its own, and a pod is created before anything happens in it.
    const ms = Math.min(totalMs, Math.max(0, millisBetween(from, time)));
    return xOfMs(scale, ms);
  });
  const stop = Math.min(at, spots.length - 1);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const next = spotAfterKey(event.key, stop, spots.length);
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setAt(next);
    const mark = event.currentTarget.children.item(next);
    if (mark instanceof HTMLElement) mark.focus();
  };
  return (
    <div
      className={styles.calls}
      role="toolbar"
      aria-label="Calls to the API server"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {spots.map(({ x, calls: here }, index) => {
        const lines = here.map((call) => titleOf(call, zone));
        return (
          <button
            key={here[0]?.auditId}
            type="button"
            tabIndex={index === stop ? 0 : -1}
            className={cls(styles.call, here.every(isRefused) && styles.refused)}
            style={{ left: x }}
            aria-label={(here.length > 1 ? `${here.length} calls: ` : '') + lines.join('; ')}
            title={lines.join('\n')}
            onFocus={() => setAt(index)}
            onClick={() => onOpen(here)}
          >
            <span aria-hidden="true">
              {callSign(here)}
              {here.length > 1 && <sub>{here.length}</sub>}
            </span>
          </button>
        );
      })}
    </div>
  );
});

/** The mark that a key leads to; undefined: another key. */
export function spotAfterKey(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'ArrowRight':
      return Math.min(count - 1, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function spotsOf(calls: readonly CallItem[], xOf: (time: Moment) => number): readonly Spot[] {
  const spots: Spot[] = [];
  for (const call of calls) {
    const time = parseMoment(call.time ?? '');
    if (time === undefined) continue;
    const x = xOf(time);
    const last = spots.at(-1);
    if (last !== undefined && x - last.x < APART) last.calls.push(call);
    else spots.push({ x, calls: [call] });
  }
  return spots;
}

/** Who, what, when; text of the log, made visible. */
function titleOf(call: CallItem, zone: Zone): string {
  const at = parseMoment(call.time ?? '');
  const when = at === undefined ? 'no time' : formatClock(at, zone, 'ms');
  const words = failureWords(call);
  const failure = words === '' ? '' : ` · ${words}`;
  const caller = callerWords(call) === '' ? '' : ` · ${callerWords(call)}`;
  return visibleText(`${when} ${authorWords(call)} ${callDid(call)}${failure}${caller}`);
}
