import { severityRank } from '@forebear/model/words/severityWords';
import { tagWords } from '@forebear/model/words/tagWords';
import type { AlertItem } from '../../api/answers.ts';

/** One value to choose, and how many alerts have it. */
export interface Facet {
  readonly value: string;
  readonly count: number;
}

/** Values with their counts, most first. */
function counted(values: Iterable<string>): Facet[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

export interface Facets {
  readonly severities: readonly Facet[];
  readonly agents: readonly Facet[];
  readonly rules: readonly Facet[];
  readonly tags: readonly Facet[];
}

/** What the given alerts have, with counts: severities gravest first, tags of catalogues first, all else most first. */
export function facetsOf(alerts: readonly AlertItem[]): Facets {
  return {
    severities: bySeverity(counted(alerts.map(({ severity }) => severity))),
    agents: counted(alerts.map(({ source }) => source)),
    rules: counted(alerts.map(({ rule }) => rule)),
    tags: cataloguedFirst(counted(alerts.flatMap(({ tags }) => [...new Set(tags)]))),
  };
}

/** Gravest first. */
export function bySeverity(facets: readonly Facet[]): readonly Facet[] {
  return facets.toSorted((a, b) => severityRank(a.value) - severityRank(b.value));
}

/** Counts that were asked for one by one; what there is none of is no choice, unless it is chosen. */
export function countedFacets(
  values: readonly string[],
  counts: readonly (number | undefined)[],
  chosen: readonly string[],
): readonly Facet[] {
  return values.flatMap((value, at) => {
    const count = counts[at] ?? 0;
    return count > 0 || chosen.includes(value) ? [{ value, count }] : [];
  });
}

/** With what is chosen though nothing has it: else it could not be taken back. */
export function withChosen(facets: readonly Facet[], chosen: readonly string[]): readonly Facet[] {
  const lost = chosen.filter((value) => facets.every((facet) => facet.value !== value));
  return [...facets, ...lost.map((value) => ({ value, count: 0 }))];
}

function cataloguedFirst(facets: readonly Facet[]): readonly Facet[] {
  const isPlain = ({ value }: Facet) => Number(tagWords(value).kind === 'plain');
  return facets.toSorted((a, b) => isPlain(a) - isPlain(b));
}
