import type { ProcessEvent } from '../event/event.ts';
import { LabelCounts } from '../event/labelCounts.ts';
import type { Nanos } from '../event/time.ts';
import { decodeText } from '../framing/text.ts';

/**
 * What a stream has amounted to so far. Each framed record is in exactly one of decoded, quarantined, skipped, blank
 * (duplicates are the store's to find among them). Live: the same object grows.
 */
export interface IngestReport {
  readonly bytes: number;
  readonly decoded: number;
  readonly quarantined: number;
  readonly skipped: number;
  readonly blank: number;
  /** Further rows of oversize records: evidence, no records of their own. */
  readonly continued: number;
  readonly events: number;
  /** Events by the log's own label; of too many the rest are `other`. */
  readonly labels: ReadonlyMap<string, number>;
  /** Decoded and skipped records by format id; an envelope is one of each format that lay in it. */
  readonly formats: ReadonlyMap<string, number>;
  /** Quarantined and skipped records by reason code. */
  readonly reasons: ReadonlyMap<string, number>;
  /** How the first records that were quarantined or skipped begin, where they are text: at most five, for people. */
  readonly firstUnread: readonly string[];
  /** Quarantined records by the formats that came close to them. */
  readonly near: ReadonlyMap<string, number>;
  readonly firstTime: Nanos | undefined;
  readonly lastTime: Nanos | undefined;
}

const MOST_UNREAD = 5;
const UNREAD_LENGTH = 400;
const UNREAD_BYTES = 4 * UNREAD_LENGTH;

/** Counts for a report. */
export class IngestCounters implements IngestReport {
  bytes = 0;
  decoded = 0;
  quarantined = 0;
  skipped = 0;
  blank = 0;
  continued = 0;
  events = 0;
  firstTime: Nanos | undefined;
  lastTime: Nanos | undefined;
  readonly formats = new Map<string, number>();
  readonly reasons = new Map<string, number>();
  readonly firstUnread: string[] = [];
  readonly near = new Map<string, number>();

  readonly #labels = new LabelCounts();

  get labels(): ReadonlyMap<string, number> {
    return this.#labels.map();
  }

  countEvent(event: Pick<ProcessEvent, 'label' | 'time'>): void {
    this.events += 1;
    this.#labels.add(event.label);
    if (event.time !== undefined) this.countTime(event.time);
  }

  /** Counts records of one event each, without their times. */
  countTaken(format: string, label: string, count: number): void {
    this.decoded += count;
    this.events += count;
    increase(this.formats, format, count);
    this.#labels.add(label, count);
  }

  countTime(time: Nanos): void {
    if (this.firstTime === undefined || time < this.firstTime) this.firstTime = time;
    if (this.lastTime === undefined || time > this.lastTime) this.lastTime = time;
  }

  countDecoded(format: string): void {
    this.decoded += 1;
    this.countFormat(format);
  }

  /** An envelope with records of these formats in it is a record of each. */
  countUnwrapped(formats: readonly string[]): void {
    this.decoded += 1;
    for (const format of formats) this.countFormat(format);
  }

  countFormat(id: string): void {
    increase(this.formats, id);
  }

  countNear(formats: readonly string[]): void {
    for (const format of formats) increase(this.near, format);
  }

  /** Keeps how an unread record begins, of the first few. */
  keepUnread(bytes: Uint8Array): void {
    if (this.firstUnread.length >= MOST_UNREAD || bytes.length === 0) return;
    const begin = decodeText(bytes.subarray(0, UNREAD_BYTES)).slice(0, UNREAD_LENGTH);
    // Mostly what is no UTF-8: not for people.
    if (begin.split('\uFFFD').length * 4 < begin.length) this.firstUnread.push(begin);
  }

  countReason(reason: string): void {
    increase(this.reasons, reason);
  }
}

function increase(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
