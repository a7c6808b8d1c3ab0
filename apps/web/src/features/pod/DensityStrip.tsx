import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { CallItem } from '../../api/answers.ts';
import type { EventHistogram } from '../../api/eventSpan.ts';
import { histogramQuery } from '../../api/queries.ts';
import { IconButton } from '../../kit/Button.tsx';
import { cls } from '../../kit/cls.ts';
import { formatDelta, formatDuration } from '../../kit/format.ts';
import {
  formatClock,
  formatDay,
  type Moment,
  millisBetween,
  parseMoment,
} from '../../kit/formatTime.ts';
import type { Bound, TimeRange } from '../../url/view.ts';
import { firstMain } from '../../view/relativeTime.ts';
import { msOfX, stripScale, toldMs, xOfMs } from '../../view/stripScale.ts';
import styles from './DensityStrip.module.css';
import { startOf, windowOf } from './matchTree.ts';
import { type PodAddress, scopeFilter } from './podAddress.ts';
import { StripBars } from './StripBars.tsx';
import { StripCalls } from './StripCalls.tsx';
import type { TreeActions } from './treeActions.ts';
import { usePodCalls } from './usePodCalls.ts';
import type { TreeState } from './useTree.ts';

const BUCKETS = 240;

export interface DensityStripProps {
  readonly address: PodAddress;
  readonly state: TreeState;
  readonly onOpenCalls: TreeActions['openCalls'];
}

/**
 * The events of a pod or host over their own time with what is late marked, gaps drawn and long silences folded; a
 * brush on it is the time filter.
 */
export function DensityStrip({ address, state, onOpenCalls }: DensityStripProps) {
  const filter = scopeFilter(address, state.view);
  const histogram = useQuery(histogramQuery(address.caseName, { filter, buckets: BUCKETS }));
  const calls = usePodCalls(address);
  const answer = histogram.data;
  const from = answer?.from === null ? undefined : parseMoment(answer?.from ?? '');
  if (answer === undefined || from === undefined)
    return (
      <div className={styles.strip}>
        {histogram.isFetching && <p className={styles.counting}>Counting events…</p>}
      </div>
    );
  return (
    <Strip answer={answer} from={from} state={state} calls={calls} onOpenCalls={onOpenCalls} />
  );
}

interface StripProps {
  readonly answer: EventHistogram;
  readonly from: Moment;
  readonly state: TreeState;
  readonly calls: readonly CallItem[];
  readonly onOpenCalls: TreeActions['openCalls'];
}

function Strip({ answer, from, state, calls, onOpenCalls }: StripProps) {
  const { model, view, change } = state;
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const counts = useMemo(
    () =>
      answer.exec.map(
        (exec, at) =>
          exec +
          (answer.network[at] ?? 0) +
          (answer.dns[at] ?? 0) +
          (answer.file[at] ?? 0) +
          (answer.other[at] ?? 0),
      ),
    [answer],
  );
  const scale = useMemo(
    () => stripScale(counts, answer.widthMs, width),
    [counts, answer.widthMs, width],
  );
  const totalMs = counts.length * answer.widthMs;
  const main = firstMain(model);
  const mainStart = main < 0 ? undefined : startOf(model, main);

  const chosen = useMemo(() => {
    if (view.range === undefined) return undefined;
    const { fromUs, toUs } = windowOf(model, view.range);
    const msOf = (us: number) => us / 1000 - from.ms - from.ns / 1e6;
    return {
      from: fromUs === undefined ? 0 : msOf(fromUs),
      to: toUs === undefined ? totalMs : msOf(toUs),
    };
  }, [view.range, model, from, totalMs]);
  const [draft, setDraft] = useState<{ readonly from: number; readonly to: number }>();
  const shown = draft ?? chosen;
  // A range out of a link may lie where this pod has no events: it is told as it is and drawn at the edge.
  const handleAt = (end: 'from' | 'to'): number =>
    Math.min(totalMs, Math.max(0, shown?.[end] ?? (end === 'from' ? 0 : totalMs)));

  // Of the clock, not from main: the same time is asked of every page that is gone to.
  const boundOf = (ms: number): Bound => ({
    at: new Date(from.ms + Math.floor(ms)).toISOString(),
  });
  const choose = (a: number, b: number) => {
    const range: TimeRange = {
      from: a <= 0 ? undefined : boundOf(a),
      to: b >= totalMs ? undefined : boundOf(b),
    };
    const isAll = range.from === undefined && range.to === undefined;
    change({ range: isAll ? undefined : range });
  };

  const msAt = (event: PointerEvent) => {
    const left = box.current?.getBoundingClientRect().left ?? 0;
    return msOfX(scale, event.clientX - left);
  };
  const drag = useRef<number>(undefined);
  const axisEnd: Moment = { ms: from.ms + totalMs, ns: from.ns };
  const first = parseMoment(answer.firstEvent ?? '') ?? from;
  const last = parseMoment(answer.lastEvent ?? '') ?? axisEnd;
  const ends = {
    firstMs: millisBetween(from, first),
    lastMs: millisBetween(from, last),
    totalMs,
  };
  const isOneDay = formatDay(first, view.zone) === formatDay(last, view.zone);
  const clockAt = (at: Moment): string =>
    isOneDay
      ? formatClock(at, view.zone, 's')
      : `${formatDay(at, view.zone)} ${formatClock(at, view.zone, 's')}`;
  const label = (ms: number): string => {
    const at: Moment = { ms: from.ms + Math.floor(toldMs(ms, ends)), ns: from.ns };
    const clock = clockAt(at);
    return mainStart === undefined
      ? clock
      : `${formatDelta(millisBetween(mainStart, at))} · ${clock}`;
  };
  return (
    <section
      className={cls(styles.strip, calls.length > 0 && styles.withCalls)}
      aria-label="Events over time"
    >
      <div
        ref={box}
        className={styles.box}
        onPointerDown={(event) => {
          if (event.button !== 0 || isHandle(event.target)) return;
          drag.current = msAt(event);
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (drag.current === undefined) return;
          const at = msAt(event);
          setDraft({ from: Math.min(at, drag.current), to: Math.max(at, drag.current) });
        }}
        onPointerUp={() => {
          drag.current = undefined;
          if (draft === undefined) return;
          setDraft(undefined);
          const isWide = xOfMs(scale, draft.to) - xOfMs(scale, draft.from) > 3;
          if (isWide) choose(draft.from, draft.to);
        }}
        onPointerCancel={() => {
          drag.current = undefined;
          setDraft(undefined);
        }}
      >
        <StripBars
          answer={answer}
          counts={counts}
          scale={scale}
          width={width}
          from={from}
          mainStart={mainStart}
        />
        {shown !== undefined && (
          <div
            className={styles.brush}
            style={{
              left: xOfMs(scale, shown.from),
              width: Math.max(2, xOfMs(scale, shown.to) - xOfMs(scale, shown.from)),
            }}
          />
        )}
        {(['from', 'to'] as const).map((end) => (
          <Handle
            key={end}
            end={end}
            ms={handleAt(end)}
            totalMs={totalMs}
            stepMs={answer.widthMs}
            text={label(handleAt(end))}
            left={xOfMs(scale, handleAt(end))}
            onMove={(ms) => {
              const other = chosen ?? { from: 0, to: totalMs };
              if (end === 'from') choose(Math.min(ms, other.to - answer.widthMs), other.to);
              else choose(other.from, Math.max(ms, other.from + answer.widthMs));
            }}
            onClear={() => change({ range: undefined })}
          />
        ))}
      </div>
      {calls.length > 0 && (
        <StripCalls
          calls={calls}
          scale={scale}
          from={from}
          totalMs={totalMs}
          zone={view.zone}
          onOpen={onOpenCalls}
        />
      )}
      <div className={styles.scale}>
        <span>
          {clockAt(first)}
          {' · '}
          {formatDuration(millisBetween(first, last))}
        </span>
        {shown !== undefined && (
          <span className={styles.chosen}>
            {label(shown.from)} – {label(shown.to)}
            <IconButton
              icon={<X aria-hidden="true" />}
              label="Show all times"
              className={styles.clear}
              onPress={() => change({ range: undefined })}
            />
          </span>
        )}
        <span>{clockAt(last)}</span>
      </div>
    </section>
  );
}

function isHandle(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[role="slider"]') !== null;
}

interface HandleProps {
  readonly end: 'from' | 'to';
  readonly ms: number;
  readonly totalMs: number;
  readonly stepMs: number;
  readonly text: string;
  readonly left: number;
  readonly onMove: (ms: number) => void;
  readonly onClear: () => void;
}

/** One end of the brush: arrows move it by a bucket, with Shift by ten. */
function Handle({ end, ms, totalMs, stepMs, text, left, onMove, onClear }: HandleProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepMs * (event.shiftKey ? 10 : 1);
    if (event.key === 'ArrowLeft') onMove(ms - step);
    else if (event.key === 'ArrowRight') onMove(ms + step);
    else if (event.key === 'Home') onMove(0);
    else if (event.key === 'End') onMove(totalMs);
    else if (event.key === 'Escape' || event.key === 'Delete') onClear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={end === 'from' ? 'Times from' : 'Times until'}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.round(totalMs)}
      aria-valuenow={Math.round(ms)}
      aria-valuetext={text}
      className={styles.handle}
      style={{ left }}
      onKeyDown={onKeyDown}
    />
  );
}
