import type { Damage, Skipped } from './member.ts';

const LISTED = 10_000;

/** What one intake found wrong or passed over: listed up to a bound, counted beyond it. */
export class Ledger {
  readonly damages: Damage[] = [];
  readonly skipped: Skipped[] = [];
  unlisted = 0;

  /** Returns whether it is listed. */
  note(damage: Damage): boolean {
    if (this.damages.length >= LISTED) {
      this.unlisted++;
      return false;
    }
    this.damages.push(damage);
    return true;
  }

  skip(skipped: Skipped): void {
    if (this.skipped.length < LISTED) this.skipped.push(skipped);
    else this.unlisted++;
  }
}
