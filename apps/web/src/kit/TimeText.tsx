import {
  formatClock,
  formatDay,
  formatExact,
  type Moment,
  parseMoment,
  type Zone,
} from './formatTime.ts';
import styles from './TimeText.module.css';

export interface TimeTextProps {
  /** As the wire says it; null: the log gave no time. */
  readonly time: string | null;
  readonly zone: Zone;
  readonly digits?: 's' | 'ms' | 'ns';
  /** Shows the day in front: always, or when it is another than that of the row before. */
  readonly day?: boolean;
  /** A time said beside it: the day is shown only when it is another, without its year when that is the same. */
  readonly beside?: string | null;
  /** What to say when there is no time. */
  readonly none?: string;
}

/** A time of the log, with the exact value on hover. */
export function TimeText({
  time,
  zone,
  digits = 'ms',
  day = false,
  beside,
  none = 'no time in log',
}: TimeTextProps) {
  if (time === null) return <span className={styles.none}>{none}</span>;
  const at = parseMoment(time);
  if (at === undefined) return <span className={styles.none}>{time}</span>;
  return (
    <time className={styles.time} dateTime={time} title={formatExact(at, zone)}>
      {day && <span className={styles.day}>{formatDay(at, zone)} </span>}
      {beside !== undefined && beside !== null && isOtherDay(beside, time, zone) && (
        <span className={styles.day}>{shortDay(beside, at, zone)} </span>
      )}
      {formatClock(at, zone, digits)}
    </time>
  );
}

/** The day without its year, when the time beside it says the year. */
function shortDay(beside: string, at: Moment, zone: Zone): string {
  const day = formatDay(at, zone);
  return dayOf(beside, zone)?.slice(0, 4) === day.slice(0, 4) ? day.slice(5) : day;
}

/** Whether two times lie on different days, so that the day is said again. */
export function isOtherDay(
  before: string | null | undefined,
  time: string | null,
  zone: Zone,
): boolean {
  const [a, b] = [dayOf(before, zone), dayOf(time, zone)];
  return b !== undefined && a !== b;
}

function dayOf(time: string | null | undefined, zone: Zone): string | undefined {
  const at: Moment | undefined = parseMoment(time ?? '');
  return at === undefined ? undefined : formatDay(at, zone);
}
