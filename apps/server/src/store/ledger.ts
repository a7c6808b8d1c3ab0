import type { Ledger } from '@forebear/model/wire/primitives';

/** A ledger as it grows. `in` is never counted by itself: it is what the rest add up to. */
export interface Tally {
  stored: number;
  duplicate: number;
  quarantined: number;
  skipped: number;
  blank: number;
  events: number;
}

export function newTally(): Tally {
  return { stored: 0, duplicate: 0, quarantined: 0, skipped: 0, blank: 0, events: 0 };
}

/** The ledger of a tally: the law holds by construction. */
export function ledgerOf({
  stored,
  duplicate,
  quarantined,
  skipped,
  blank,
  events,
}: Tally): Ledger {
  return {
    in: stored + duplicate + quarantined + skipped + blank,
    stored,
    duplicate,
    quarantined,
    skipped,
    blank,
    events,
  };
}

/** Adds one tally to another, in place. */
export function addTally(to: Tally, from: Readonly<Tally>): void {
  to.stored += from.stored;
  to.duplicate += from.duplicate;
  to.quarantined += from.quarantined;
  to.skipped += from.skipped;
  to.blank += from.blank;
  to.events += from.events;
}
