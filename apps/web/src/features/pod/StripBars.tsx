import { memo } from 'react';
import type { HistogramAnswer } from '../../api/answers.ts';
import { formatDuration } from '../../kit/format.ts';
import { type Moment, millisBetween, parseMoment } from '../../kit/formatTime.ts';
import { type StripSegment, xOfMs } from '../../view/stripScale.ts';
import styles from './DensityStrip.module.css';

const HEIGHT = 34;
const CLASSES = ['exec', 'network', 'dns', 'file', 'other'] as const;

export interface StripBarsProps {
  readonly answer: HistogramAnswer;
  readonly counts: readonly number[];
  readonly scale: readonly StripSegment[];
  readonly width: number;
  readonly from: Moment;
  readonly mainStart: Moment | undefined;
}

/** One mark per pixel: thousands of late starts are as many as can be told apart. */
function loudPlaces(
  { loud }: HistogramAnswer,
  at: (moment: Moment) => number,
): readonly (readonly [number, string])[] {
  const places = new Map<number, readonly [number, string]>();
  for (const { time, ref } of loud) {
    const moment = parseMoment(time);
    if (moment === undefined) continue;
    const x = at(moment);
    if (!places.has(Math.round(x))) places.set(Math.round(x), [x, ref]);
  }
  return [...places.values()];
}

/** The picture of the strip: stacked greys, late starts in their colour, gaps hatched, silences as dots. */
export const StripBars = memo(function StripBars(props: StripBarsProps) {
  const { answer, counts, scale, width, from, mainStart } = props;
  const highest = counts.reduce((most, count) => Math.max(most, count), 1);
  const high = (count: number) => (Math.sqrt(count) / Math.sqrt(highest)) * (HEIGHT - 4);
  const totalMs = counts.length * answer.widthMs;
  const at = (moment: Moment) => xOfMs(scale, millisBetween(from, moment));
  const bars: { x: number; y: number; w: number; h: number; kind: string; key: string }[] = [];
  for (const [bucket, total] of counts.entries()) {
    if (total === 0) continue;
    const x = xOfMs(scale, bucket * answer.widthMs);
    const w = Math.max(1, xOfMs(scale, (bucket + 1) * answer.widthMs) - x - 0.5);
    let y = HEIGHT;
    for (const kind of CLASSES) {
      const h = high(total) * ((answer[kind][bucket] ?? 0) / total);
      if (h <= 0) continue;
      y -= h;
      bars.push({ x, y, w, h, kind, key: `${bucket}${kind}` });
    }
  }
  return (
    <svg className={styles.bars} width={width} height={HEIGHT + 8} aria-hidden="true">
      <defs>
        <pattern
          id="gap-hatch"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line x1="0" y1="0" x2="0" y2="6" className={styles.hatch} />
        </pattern>
      </defs>
      <g transform="translate(0 8)">
        {answer.gaps.map((gap, index) => {
          const begin = parseMoment(gap.from ?? '');
          const end = parseMoment(gap.to ?? '');
          if (begin !== undefined && millisBetween(from, begin) >= totalMs) return null;
          if (end !== undefined && millisBetween(from, end) <= 0) return null;
          const x = begin === undefined ? 0 : at(begin);
          const w = Math.max(3, (end === undefined ? width : at(end)) - x);
          return (
            <rect key={index} x={x} y={0} width={w} height={HEIGHT} fill="url(#gap-hatch)">
              <title>{`gap: ${gap.kind} on ${gap.node}${gap.count === null ? '' : `, ${gap.count} events`}`}</title>
            </rect>
          );
        })}
        {bars.map((bar) => (
          <rect
            key={bar.key}
            x={bar.x}
            y={bar.y}
            width={bar.w}
            height={bar.h}
            className={styles[bar.kind]}
          />
        ))}
        {scale
          .filter((one) => one.isFolded)
          .map((one) => (
            <g key={one.fromMs}>
              <line
                x1={one.fromX + 4}
                x2={one.fromX + 4}
                y1={2}
                y2={HEIGHT}
                className={styles.fold}
              />
              <line x1={one.toX - 4} x2={one.toX - 4} y1={2} y2={HEIGHT} className={styles.fold} />
              <text x={(one.fromX + one.toX) / 2} y={HEIGHT / 2 + 4} className={styles.foldText}>
                ⋯<title>{`${formatDuration(one.toMs - one.fromMs)} quiet, folded`}</title>
              </text>
            </g>
          ))}
        <line x1={0} x2={width} y1={HEIGHT} y2={HEIGHT} className={styles.ground} />
        {mainStart !== undefined && millisBetween(from, mainStart) >= 0 && (
          <line x1={at(mainStart)} x2={at(mainStart)} y1={-8} y2={HEIGHT} className={styles.main} />
        )}
        {loudPlaces(answer, at).map(([x, ref]) => {
          return (
            <g key={ref}>
              <rect x={x - 1.5} y={0} width={3} height={HEIGHT} className={styles.loud} />
              <circle cx={x} cy={-3} r={3.5} className={styles.loudSign} />
            </g>
          );
        })}
      </g>
    </svg>
  );
});
