import { countLosses } from '@forebear/model/words/gapWords';
import type { Source } from '../../api/answers.ts';
import { formatCount, formatNoun } from '../../kit/format.ts';

/** How many reports of agents say that events are missing, and how many that they come again. */
export function gapReportWords(gaps: readonly { readonly kind: string }[]): string {
  const lost = countLosses(gaps);
  const again = gaps.length - lost;
  return [
    lost === 0 ? '' : `${formatNoun(lost, 'gap')}: the agent says that events are missing`,
    again === 0 ? '' : `${formatNoun(again, 'report')} that a gap has ended`,
  ]
    .filter((words) => words !== '')
    .join(' · ');
}

/**
 * Why the nodes have fewer events than the sources; empty when they have as many, and while a source still grows,
 * for then the two were counted at different times.
 */
export function saidAgainWords(
  sources: readonly Pick<Source, 'state' | 'ledger'>[],
  nodes: readonly { readonly events: number }[],
): string {
  if (sources.some(({ state }) => state === 'receiving' || state === 'live')) return '';
  const told = sources.reduce((sum, { ledger }) => sum + ledger.events, 0);
  const counted = nodes.reduce((sum, { events }) => sum + events, 0);
  const again = told - counted;
  if (again <= 0) return '';
  const verb = again === 1 ? 'says' : 'say';
  return `${formatCount(told)} events in the sources: ${formatCount(again)} ${verb} in other bytes what another says, and ${
    again === 1 ? 'counts' : 'count'
  } once here`;
}
