import {
  type ConversationOrder,
  conversationSorts,
  conversationsAnswer,
} from '@forebear/model/wire/conversations';
import { z } from 'zod';
import type { HttpDeps } from '../deps.ts';
import { openCase } from '../openCase.ts';
import { valueOf } from '../problems.ts';
import { askedList, listQuery, patienceOf, patienceQuery } from '../query.ts';
import type { App } from '../typedApp.ts';

const conversationsQuery = listQuery.extend({
  ...patienceQuery.shape,
  /** Those with the cluster's resolver are left out, and counted. */
  withoutResolver: z.enum(['true', 'false']).default('false'),
  sort: z.enum(conversationSorts.flatMap((by) => [by, `-${by}` as const])).optional(),
});

/** Connections one by one, with both ends. */
export function conversationRoutes(app: App, deps: HttpDeps): void {
  app.get(
    '/api/v1/conversations',
    {
      schema: {
        tags: ['network'],
        description:
          'Connections one by one, those that were open in [from, to), with both ends: one is kept when the process at either end matches. ' +
          'Without a close that was seen, one is taken to be open until its process ended. `sort=-bytes` is the most bytes first; `sort=notable` what was stopped, then what leads outside, then the most bytes. ' +
          '`withoutResolver=true` leaves those with the cluster’s resolver out, which `leftOut` counts.',
        querystring: conversationsQuery,
        response: { 200: conversationsAnswer },
      },
    },
    async (request) => {
      const { query } = request;
      const { queries } = await openCase(deps, query);
      return valueOf(
        await queries.conversations({
          ...askedList(query),
          ...patienceOf(query),
          withoutResolver: query.withoutResolver === 'true',
          ...(query.sort === undefined ? {} : { sort: orderOf(query.sort) }),
        }),
      );
    },
  );
}

function orderOf(sort: string): ConversationOrder {
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  return { by: conversationSorts.find((by) => by === name) ?? 'firstSeen', descending };
}
