import type { Ledger } from './primitives.ts';

/** The ledger of nothing. */
export const noLedger: Ledger = {
  in: 0,
  stored: 0,
  duplicate: 0,
  quarantined: 0,
  skipped: 0,
  blank: 0,
  events: 0,
};

/** What two ledgers come to: the law of one that holds for both holds for their sum. */
export function sumLedgers(a: Ledger, b: Ledger): Ledger {
  return {
    in: a.in + b.in,
    stored: a.stored + b.stored,
    duplicate: a.duplicate + b.duplicate,
    quarantined: a.quarantined + b.quarantined,
    skipped: a.skipped + b.skipped,
    blank: a.blank + b.blank,
    events: a.events + b.events,
  };
}
