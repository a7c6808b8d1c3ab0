import { compareText } from '../order.ts';

/** What somebody judged of a connection, and why; both as the agent says it. */
export interface Verdict {
  /** `DROPPED`, `FORWARDED`, …; `BLOCKED` where an agent on the node prevented the call. */
  readonly verdict: string;
  /** Empty: not told. */
  readonly reason: string;
}

/** How many connections were judged so. */
export interface VerdictCount {
  readonly verdict: string;
  readonly count: number;
}

/** Gravest first; what is not here stands between what hindered and what let pass. */
const gravest = ['BLOCKED', 'DROPPED', 'ERROR', 'AUDIT'];
const mildest = ['REDIRECTED', 'TRANSLATED', 'TRACED', 'FORWARDED'];

/** The graver of two judgements; absent says nothing. A total order, so that no order of facts matters. */
export function graver(a: Verdict | undefined, b: Verdict | undefined): Verdict | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  const order =
    verdictRank(a.verdict) - verdictRank(b.verdict) ||
    compareText(a.verdict, b.verdict) ||
    // One that gives a reason says more.
    compareText(b.reason, a.reason);
  return order <= 0 ? a : b;
}

/** Judgements with how many connections have each, gravest first. */
export function countedVerdicts(counts: ReadonlyMap<string, number>): readonly VerdictCount[] {
  return [...counts]
    .map(([verdict, count]) => ({ verdict, count }))
    .sort(
      (a, b) =>
        verdictRank(a.verdict) - verdictRank(b.verdict) || compareText(a.verdict, b.verdict),
    );
}

/** Tells whether a connection did not come about by it. */
export function isHindering(verdict: string): boolean {
  return verdict === 'BLOCKED' || verdict === 'DROPPED' || verdict === 'ERROR';
}

/** How grave a judgement is: 0 is the gravest. */
export function verdictRank(verdict: string): number {
  const grave = gravest.indexOf(verdict);
  if (grave >= 0) return grave;
  const mild = mildest.indexOf(verdict);
  return mild < 0 ? gravest.length : gravest.length + 1 + mild;
}
