import { alertsAnswer } from '@forebear/model/wire/alerts';
import { callsAnswer } from '@forebear/model/wire/calls';
import { casesAnswer } from '@forebear/model/wire/cases';
import { type ConversationsAnswer, conversationsAnswer } from '@forebear/model/wire/conversations';
import { eventsAnswer, histogramAnswer } from '@forebear/model/wire/events';
import { nodesAnswer, type PodsAnswer, podsAnswer } from '@forebear/model/wire/inventory';
import {
  type DestinationsAnswer,
  destinationsAnswer,
  type LateralAnswer,
  lateralAnswer,
} from '@forebear/model/wire/network';
import { quarantineAnswer, sourceAnswer, sourcesAnswer } from '@forebear/model/wire/sources';
import { processAnswer } from '@forebear/model/wire/tree';
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
} from '@tanstack/react-query';
import type { z } from 'zod';
import { ask, askLarge } from './client.ts';
import { type EventHistogram, eventSpan } from './eventSpan.ts';
import { allPages } from './pages.ts';
import { tellProgress } from './progress.ts';
import { askRaw } from './raw.ts';
import { isTreeColumns } from './treeShape.ts';
import { PATIENCE, untilWhole } from './untilWhole.ts';

/**
 * Keys begin with `['case', name, what]`, so that everything of a case can be refreshed at once; the rest is the
 * question as it stands in the address. Lists keep what they show while the next answer is on its way.
 */
export function caseKey(caseName: string): readonly string[] {
  return ['case', caseName];
}

export function casesQuery() {
  return queryOptions({
    queryKey: ['cases'],
    queryFn: ({ signal }) => ask('/cases', { schema: casesAnswer, signal }),
  });
}

export function sourcesQuery(caseName: string) {
  return queryOptions({
    queryKey: [...caseKey(caseName), 'sources'],
    queryFn: ({ signal }) =>
      ask('/sources', { params: { case: caseName }, schema: sourcesAnswer, signal }),
  });
}

/** One source; asked again every half second while it is receiving. */
export function sourceQuery(caseName: string, id: string) {
  return queryOptions({
    queryKey: [...caseKey(caseName), 'source', id],
    queryFn: ({ signal }) =>
      ask(`/sources/${encodeURIComponent(id)}`, {
        params: { case: caseName },
        schema: sourceAnswer,
        signal,
      }),
    refetchInterval: ({ state }) => (state.data?.source.state === 'receiving' ? 500 : false),
  });
}

export function quarantineQuery(caseName: string, id: string) {
  return infiniteQueryOptions({
    queryKey: [...caseKey(caseName), 'quarantine', id],
    queryFn: ({ signal, pageParam }) =>
      ask(`/sources/${encodeURIComponent(id)}/quarantine`, {
        params: { case: caseName, cursor: pageParam },
        schema: quarantineAnswer,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export interface Question {
  readonly filter?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** As the API spells it: `60s`. */
  readonly late?: string | undefined;
  readonly sort?: string | undefined;
}

/** All pods and hosts: their sums are shown, so no page of them is left out. */
export function podsQuery(caseName: string, question: Question = {}) {
  return queryOptions({
    queryKey: [...caseKey(caseName), 'pods', question],
    queryFn: ({ signal, client, queryKey }) =>
      untilWhole(
        () =>
          allPages((cursor) =>
            ask('/pods', {
              params: { case: caseName, ...question, cursor, patience: PATIENCE },
              schema: podsAnswer,
              signal,
            }),
          ),
        client.getQueryData<PodsAnswer>(queryKey),
        (soFar) => client.setQueryData(queryKey, soFar),
      ),
    placeholderData: keepPreviousData,
  });
}

export function nodesQuery(caseName: string) {
  return queryOptions({
    queryKey: [...caseKey(caseName), 'nodes'],
    queryFn: ({ signal }) =>
      ask('/nodes', { params: { case: caseName }, schema: nodesAnswer, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Which tree: a pod's (`namespace`, `pod`) or a host's (`node`), and with what limit. */
export interface TreeQuestion {
  readonly namespace?: string | undefined;
  readonly pod?: string | undefined;
  readonly node?: string | undefined;
  readonly cluster?: string | undefined;
  readonly uid?: string | undefined;
  readonly container?: string | undefined;
  /** As this agent alone tells it. */
  readonly agent?: string | undefined;
  readonly late?: string | undefined;
  readonly filter?: string | undefined;
}

export function treeKey(caseName: string, question: TreeQuestion) {
  return [...caseKey(caseName), 'tree', question] as const;
}

export function treeQuery(caseName: string, question: TreeQuestion) {
  return queryOptions({
    queryKey: treeKey(caseName, question),
    queryFn: async ({ signal }) => {
      const key = treeKey(caseName, question);
      tellProgress(key, { received: 0, total: undefined });
      try {
        return await askLarge('/tree', {
          params: { case: caseName, ...question, format: 'columns' },
          check: isTreeColumns,
          onProgress: (progress) => tellProgress(key, progress),
          signal,
        });
      } finally {
        tellProgress(key, undefined);
      }
    },
    placeholderData: keepPreviousData,
    // Columns are compared by identity: walking a hundred thousand rows to share them would cost more.
    structuralSharing: false,
  });
}

export function processQuery(caseName: string, ref: string, late?: string) {
  return queryOptions({
    queryKey: [...caseKey(caseName), 'process', ref, late ?? ''],
    queryFn: ({ signal }) =>
      ask(`/processes/${encodeURIComponent(ref)}`, {
        params: { case: caseName, late },
        schema: processAnswer,
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** Events of one process, a page at a time. */
export function processEventsQuery(caseName: string, ref: string, kind = '') {
  return infiniteQueryOptions({
    queryKey: [...caseKey(caseName), 'processEvents', ref, kind],
    queryFn: ({ signal, pageParam }) =>
      ask(`/processes/${encodeURIComponent(ref)}/events`, {
        params: { case: caseName, kind, cursor: pageParam },
        schema: eventsAnswer,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export interface EventsQuestion extends Question {
  readonly order?: 'asc' | 'desc' | undefined;
}

/** All events, a page at a time. */
export function eventsQuery(caseName: string, question: EventsQuestion = {}) {
  return infiniteQueryOptions({
    queryKey: [...caseKey(caseName), 'events', question],
    queryFn: ({ signal, pageParam }) =>
      ask('/events', {
        params: { case: caseName, ...question, cursor: pageParam },
        schema: eventsAnswer,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

export interface AlertsQuestion extends Question {
  /** As the API lists them: `Critical,Error`; `falco,kubearmor`. */
  readonly severity?: string | undefined;
  readonly source?: string | undefined;
  readonly rule?: string | undefined;
  readonly tag?: string | undefined;
  readonly namespace?: string | undefined;
  readonly pod?: string | undefined;
  /** A ref. */
  readonly process?: string | undefined;
  /** `severity`, the gravest first, unless told. */
  readonly order?: 'severity' | 'time' | undefined;
}

const ALERTS_A_PAGE = 250;

/** What agents' rules said, a page at a time. */
export function alertsQuery(caseName: string, question: AlertsQuestion = {}) {
  return infiniteQueryOptions({
    queryKey: [...caseKey(caseName), 'alerts', question],
    queryFn: ({ signal, pageParam }) =>
      ask('/alerts', {
        params: { case: caseName, ...question, limit: ALERTS_A_PAGE, cursor: pageParam },
        schema: alertsAnswer,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** Calls to the Kubernetes API that are worth a mark on a pod's timeline. */
export function callsQuery(
  caseName: string,
  question: { readonly namespace?: string; readonly pod?: string } = {},
) {
  return queryOptions({
    queryKey: [...caseKey(caseName), 'calls', question],
    queryFn: ({ signal }) =>
      ask('/calls', { params: { case: caseName, ...question }, schema: callsAnswer, signal }),
    placeholderData: keepPreviousData,
  });
}

/** How many alerts there are, and the gravest of them. */
export function alertCountQuery(caseName: string, question: AlertsQuestion = {}) {
  return queryOptions({
    queryKey: [...caseKey(caseName), 'alertCount', question],
    queryFn: async ({ signal }) => {
      const params = { case: caseName, ...question, limit: 0 };
      const { total, gravest } = await ask('/alerts', { params, schema: alertsAnswer, signal });
      return { total: total ?? 0, gravest };
    },
    placeholderData: keepPreviousData,
  });
}

/** The original bytes of an event and where they lie: evidence never changes, so it is asked once. */
export function rawQuery(caseName: string, id: string) {
  return queryOptions({
    queryKey: [...caseKey(caseName), 'raw', id],
    queryFn: ({ signal }) => askRaw(caseName, id, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Who was called, a page at a time. */
export function destinationsQuery(caseName: string, question: Question = {}) {
  return pagesInParts(caseName, 'destinations', question, destinationsAnswer);
}

export interface ConversationsQuestion extends Question {
  /** Those with the cluster's resolver are left out, and counted. */
  readonly withoutResolver?: 'true' | undefined;
}

/** Connections one by one, a page at a time, in the server's order. */
export function conversationsQuery(caseName: string, question: ConversationsQuestion = {}) {
  return pagesInParts(caseName, 'conversations', question, conversationsAnswer);
}

/** A list that a large case answers in parts, a page at a time. `what`: its path in the API. */
function pagesInParts<Page extends DestinationsAnswer | ConversationsAnswer>(
  caseName: string,
  what: string,
  question: Question,
  schema: z.ZodType<Page>,
) {
  return infiniteQueryOptions({
    queryKey: [...caseKey(caseName), what, question],
    queryFn: ({ signal, pageParam, client, queryKey }) =>
      untilWhole(
        () =>
          ask(`/${what}`, {
            params: { case: caseName, ...question, cursor: pageParam, patience: PATIENCE },
            schema,
            signal,
          }),
        client.getQueryData<InfiniteData<Page>>(queryKey)?.pages[0],
        (soFar) => {
          // Of a list that is not whole there is no next page: the first is all that is shown of it.
          const page = { ...soFar, nextCursor: null };
          if (pageParam === '')
            client.setQueryData(queryKey, { pages: [page], pageParams: [pageParam] });
        },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** Every movement from a process of one pod to one of another. */
export function lateralQuery(caseName: string, question: { readonly late?: string } = {}) {
  return queryOptions({
    queryKey: [...caseKey(caseName), 'lateral', question],
    queryFn: ({ signal, client, queryKey }) =>
      untilWhole(
        () =>
          ask('/lateral', {
            params: { case: caseName, ...question, patience: PATIENCE },
            schema: lateralAnswer,
            signal,
          }),
        client.getQueryData<LateralAnswer>(queryKey),
        (soFar) => client.setQueryData(queryKey, soFar),
      ),
    placeholderData: keepPreviousData,
  });
}

/** The density of the events that a filter asks for, over their own time: a case may hold logs of other days. */
export function histogramQuery(
  caseName: string,
  question: { readonly filter?: string; readonly buckets?: number } = {},
) {
  return queryOptions({
    queryKey: [...caseKey(caseName), 'histogram', question],
    queryFn: async ({ signal, client, queryKey }) => {
      const { axis, ...ends } = await eventSpan(caseName, question.filter, signal);
      return untilWhole(
        async (): Promise<EventHistogram> => ({
          ...(await ask('/histogram', {
            params: { case: caseName, ...question, ...axis, patience: PATIENCE },
            schema: histogramAnswer,
            signal,
          })),
          ...ends,
        }),
        client.getQueryData<EventHistogram>(queryKey),
        (soFar) => client.setQueryData(queryKey, soFar),
      );
    },
  });
}
