import { severities } from '@forebear/model/words/severityWords';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AlertItem } from '../../api/answers.ts';
import { type AlertsQuestion, alertCountQuery, sourcesQuery } from '../../api/queries.ts';
import type { View } from '../../url/view.ts';
import { bySeverity, countedFacets, type Facets, facetsOf, withChosen } from './facets.ts';
import { alertsQuestion } from './narrowing.ts';

export interface FacetsInView extends Facets {
  /** Severities and agents are counted among what is loaded alone. */
  readonly isLoadedOnly: boolean;
}

/**
 * What may be chosen, with counts. Of a list that is whole here the alerts themselves are counted; else the server is asked for
 * each severity and agent, which it counts without looking at alerts unless there is a filter.
 */
export function useFacets(
  caseName: string,
  view: View,
  loaded: readonly AlertItem[],
  isWhole: boolean,
): FacetsInView {
  const here = useMemo(() => facetsOf(loaded), [loaded]);
  const isChosen = view.severities.length > 0 || view.agents.length > 0;
  const asks = (!isWhole || isChosen) && view.filter === '';
  const sources = useQuery({ ...sourcesQuery(caseName), enabled: asks });
  const { severity: _severity, source: _source, order: _order, ...rest } = alertsQuestion(view);
  const dialects = dialectsOf(sources.data?.items ?? [], view.agents);
  const agents = view.agents.length === 0 ? {} : { source: view.agents.join(',') };
  const chosen = view.severities.length === 0 ? {} : { severity: view.severities.join(',') };
  const severityCounts = useCounts(caseName, asks, severities, (severity) => ({
    ...rest,
    ...agents,
    severity,
  }));
  const agentCounts = useCounts(caseName, asks, dialects, (source) => ({
    ...rest,
    ...chosen,
    source,
  }));
  if (severityCounts === undefined || agentCounts === undefined)
    return {
      ...here,
      severities: bySeverity(withChosen(here.severities, view.severities)),
      agents: withChosen(here.agents, view.agents),
      isLoadedOnly: !isWhole,
    };
  return {
    ...here,
    severities: countedFacets(severities, severityCounts, view.severities),
    agents: countedFacets(dialects, agentCounts, view.agents),
    isLoadedOnly: false,
  };
}

/** A count for each value; undefined while not all are here, or when they are not asked for. */
function useCounts(
  caseName: string,
  asks: boolean,
  values: readonly string[],
  questionOf: (value: string) => AlertsQuestion,
): readonly number[] | undefined {
  const answers = useQueries({
    queries: (asks ? values : []).map((value) => alertCountQuery(caseName, questionOf(value))),
  });
  const counts = answers.flatMap(({ data }) => (data === undefined ? [] : [data.total]));
  return counts.length === values.length && values.length > 0 ? counts : undefined;
}

function dialectsOf(
  sources: readonly { readonly formats: Readonly<Record<string, number>> }[],
  chosen: readonly string[],
): readonly string[] {
  return [
    ...new Set([...sources.flatMap(({ formats }) => Object.keys(formats)), ...chosen]),
  ].sort();
}
