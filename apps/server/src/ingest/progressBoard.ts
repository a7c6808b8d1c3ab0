import { millisBetween, type Nanos } from '@forebear/model/event/time';
import type { Source } from '@forebear/model/wire/sources';
import type { ProgressEvent } from '@forebear/model/wire/stream';

type Listener = (caseName: string, progress: ProgressEvent) => void;

/** At most this often per source, and once at its end. */
const everyMs = 250;

interface Pace {
  since: Nanos;
  events: number;
  bytes: number;
}

/** Tells whoever watches how sources move: at most four times a second each, and always at the end. */
export class ProgressBoard {
  readonly #now: () => Nanos;
  readonly #listeners = new Set<Listener>();
  readonly #paces = new Map<string, Pace>();

  constructor(now: () => Nanos) {
    this.#now = now;
  }

  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** `final` is told whatever the time. */
  tell(caseName: string, source: Source, final: boolean): void {
    const now = this.#now();
    const pace = this.#paces.get(source.id) ?? {
      since: now,
      events: source.ledger.events,
      bytes: source.bytesReceived,
    };
    const ms = millisBetween(pace.since, now);
    if (this.#paces.has(source.id) && !final && ms < everyMs) return;
    const perSecond = (count: number) => (ms > 0 ? (count * 1000) / ms : 0);
    const progress: ProgressEvent = {
      source,
      eventsPerSecond: perSecond(source.ledger.events - pace.events),
      bytesPerSecond: perSecond(source.bytesReceived - pace.bytes),
    };
    if (final) this.#paces.delete(source.id);
    else
      this.#paces.set(source.id, {
        since: now,
        events: source.ledger.events,
        bytes: source.bytesReceived,
      });
    for (const listener of this.#listeners) listener(caseName, progress);
  }
}
