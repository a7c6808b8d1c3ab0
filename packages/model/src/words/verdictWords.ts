const words: ReadonlyMap<string, string> = new Map([
  ['BLOCKED', 'prevented by an agent on the node'],
  ['DROPPED', 'dropped by the network'],
  ['ERROR', 'failed in the network'],
  ['AUDIT', 'let pass, a policy would drop it'],
  ['REDIRECTED', 'redirected to a proxy'],
  ['TRANSLATED', 'address translated'],
  ['TRACED', 'traced'],
  ['FORWARDED', 'forwarded'],
]);

const hindering: ReadonlySet<string> = new Set(['BLOCKED', 'DROPPED', 'ERROR']);

/** What somebody judged of a connection, in words; a judgement that we do not know is said as it came. */
export function verdictWords(verdict: string): string {
  return words.get(verdict) ?? verdict.toLowerCase().replaceAll('_', ' ');
}

/** The mark of a connection that did not come about by it, as the agent says it; empty: it did. */
export function verdictMark(verdict: string | null): string {
  return verdict !== null && hindering.has(verdict) ? verdict : '';
}

const byGravity = [...words.keys()];
/** What we do not know stands between what hindered and what let pass. */
const unknownRank = byGravity.indexOf('AUDIT') + 0.5;

/** How grave a judgement is: less is graver. */
export function verdictRank(verdict: string): number {
  const rank = byGravity.indexOf(verdict);
  return rank < 0 ? unknownRank : rank;
}

/** `2 DROPPED, 7 FORWARDED, 1 nobody judged`: connections by what was judged of them; empty: nobody judged any. */
export function countedVerdictWords(
  verdicts: readonly { readonly verdict: string; readonly count: number }[],
  connections: number,
  number: (count: number) => string = String,
): string {
  if (verdicts.length === 0) return '';
  const judged = verdicts.reduce((sum, { count }) => sum + count, 0);
  const parts = verdicts.map(({ verdict, count }) => `${number(count)} ${verdict}`);
  if (judged < connections) parts.push(`${number(connections - judged)} nobody judged`);
  return parts.join(', ');
}

/** What is said where a connection has no judgement. */
export const nobodyJudged = 'nobody judged it';

/** What an agent's judgement of a connection means; one that we do not know means what it says. */
export function verdictMeaning(verdict: string): string {
  return verdict === '' ? nobodyJudged : verdictWords(verdict);
}

/** Tells whether a connection did not come about by its judgement: said loud. */
export function isHindered(verdict: string): boolean {
  return hindering.has(verdict);
}
