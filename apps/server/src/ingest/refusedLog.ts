import type { NotALogDetails, Problem } from '@forebear/model/wire/problem';
import { refusalWords } from '@forebear/model/words/refusalWords';
import { formatChoices } from './formatChoices.ts';
import type { RunResult } from './sourceRun.ts';

/** Why a file that was taken in to its end is no log, when nothing in it could be understood: what was found instead. */
export function refusalOf(name: string, result: RunResult): Problem | undefined {
  if (result.state !== 'complete' && result.state !== 'damaged') return undefined;
  // A log taken in again decodes as before; what repeats in a file without one record is no log either.
  if (result.decoded > 0) return undefined;
  const { members } = result.progress;
  const what = refusalWords({
    records: result.ledger.in,
    reasons: result.reasons,
    bytes: members.reduce((all, { bytes }) => all + bytes, 0),
    cut: result.gaps.some(({ kind }) => kind === 'truncated'),
  });
  const details: NotALogDetails = {
    records: result.ledger.in,
    reasons: Object.fromEntries(result.reasons),
    members: members.map((member) => member.name),
    lines: [...result.firstUnread],
    near: nearest(result.near),
    formats: formatChoices(),
  };
  return {
    code: 'not_a_log',
    message: `${name} is no log that Forebear reads: ${what}`,
    details,
  };
}

function nearest(near: ReadonlyMap<string, number>): NotALogDetails['near'] {
  return formatChoices()
    .map((choice) => ({ ...choice, records: near.get(choice.id) ?? 0 }))
    .filter(({ records }) => records > 0)
    .sort((a, b) => b.records - a.records);
}
