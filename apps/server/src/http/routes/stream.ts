import { formatTime, millisBetween, type Nanos } from '@forebear/model/event/time';
import { noLedger, sumLedgers } from '@forebear/model/wire/ledgers';
import type { StatsEvent, UpsertEvent } from '@forebear/model/wire/stream';
import type { TreeColumns } from '@forebear/model/wire/tree';
import { z } from 'zod';
import type { CaseStore, Change } from '../../store/ports.ts';
import type { HttpDeps } from '../deps.ts';
import { securityHeaders } from '../headers.ts';
import { openCase } from '../openCase.ts';
import { HttpProblem } from '../problems.ts';
import { caseQuery, lateLimitOf, lateQuery } from '../query.ts';
import { SseChannel } from '../sseChannel.ts';
import { TreePace } from '../treePace.ts';
import type { App } from '../typedApp.ts';

const streamQuery = caseQuery.extend({
  ...lateQuery.shape,
  namespace: z.string().optional(),
  pod: z.string().optional(),
  cluster: z.string().optional(),
  uid: z.string().optional(),
});

/** One change of an open tree per 250 ms at most, fewer while only others move (`treePace.ts`); a tree above this many processes is asked for, not sent. */
const coalesceMs = 250;
const sentWholeUpTo = 2_000;
const maxStreams = 500;

/** Server-sent events: `progress`, `upsert` of the open pod, `stats`. Resumable by `Last-Event-ID` (a version). */
export function streamRoutes(app: App, deps: HttpDeps): void {
  const open = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const close of open) close();
  });

  app.get(
    '/api/v1/stream',
    { schema: { tags: ['stream'], querystring: streamQuery } },
    async (request, reply) => {
      const { query } = request;
      if (open.size >= maxStreams)
        throw new HttpProblem({ code: 'saturated', message: 'Too many streams are open.' });
      const store = await openCase(deps, query);
      const lateLimitMs = lateLimitOf(query);
      const lastSeen = Number(request.headers['last-event-id'] ?? Number.NaN);
      reply.hijack();
      const channel = new SseChannel(reply.raw, securityHeaders, () =>
        Number(deps.now() / 1_000_000n),
      );
      const pulse = new Pulse(query.case, store, deps.now);
      const watched =
        query.namespace === undefined || query.pod === undefined
          ? undefined
          : {
              kind: 'pod' as const,
              namespace: query.namespace,
              pod: query.pod,
              ...(query.cluster === undefined ? {} : { cluster: query.cluster }),
              ...(query.uid === undefined ? {} : { uid: query.uid }),
            };
      let sentVersion = Number.isSafeInteger(lastSeen) ? lastSeen : store.queries.version();
      const pace = watched === undefined ? undefined : new TreePace(watched, sentVersion);
      let busy = false;

      const stopWatching = store.queries.watch((change) => {
        pulse.note(change);
        pace?.note(change);
      });
      const stopProgress = deps.ingest.watch((caseName, progress) => {
        if (caseName === query.case) channel.send('progress', String(sentVersion), progress);
      });
      const treeTimer = setInterval(() => {
        const version = store.queries.version();
        if (pace?.tick(version, !busy && channel.ready) !== true) return;
        busy = true;
        // Nobody waits for it: a store that fails is logged, and asked again at the next change.
        sendTree(version)
          .catch((error: unknown) => request.log.error({ err: error }, 'stream failed'))
          .finally(() => {
            busy = false;
          });
      }, coalesceMs);
      const statsTimer = setInterval(() => {
        channel.send('stats', String(sentVersion), pulse.beat());
      }, 1_000);
      const close = () => {
        clearInterval(treeTimer);
        clearInterval(statsTimer);
        stopWatching();
        stopProgress();
        open.delete(close);
        channel.end();
      };
      open.add(close);
      request.raw.on('close', close);
      channel.send('stats', String(sentVersion), pulse.beat());

      async function sendTree(version: number): Promise<void> {
        if (watched === undefined) return;
        const answer = await store.queries.tree({ of: watched, lateLimitMs });
        sentVersion = version;
        if (!answer.ok) return;
        channel.send(
          'upsert',
          String(version),
          upsertOf(query.case, version, watched, answer.value),
        );
      }
    },
  );
}

function upsertOf(
  caseName: string,
  version: number,
  watched: { namespace: string; pod: string },
  tree: TreeColumns,
): UpsertEvent {
  return {
    case: caseName,
    version,
    namespace: watched.namespace,
    pod: watched.pod,
    processes: tree.nodes.count,
    loud: tree.nodes.loud.reduce((sum, loud) => sum + loud, 0),
    tree: tree.nodes.count <= sentWholeUpTo ? tree : null,
  };
}

/** What went in since the last beat: rate, lag, ledger. */
class Pulse {
  readonly #case: string;
  readonly #store: CaseStore;
  readonly #now: () => Nanos;
  #since: Nanos;
  #events = 0;
  #newest: Nanos | undefined;
  #ledger = noLedger;

  constructor(caseName: string, store: CaseStore, now: () => Nanos) {
    this.#case = caseName;
    this.#store = store;
    this.#now = now;
    this.#since = now();
  }

  note(change: Change): void {
    this.#events += change.added.events;
    this.#ledger = sumLedgers(this.#ledger, change.added);
    const { newestTime } = change;
    if (newestTime !== undefined && (this.#newest === undefined || newestTime > this.#newest))
      this.#newest = newestTime;
  }

  beat(): StatsEvent {
    const now = this.#now();
    const seconds = millisBetween(this.#since, now) / 1000;
    const rate = seconds > 0 ? this.#events / seconds : 0;
    this.#events = 0;
    this.#since = now;
    return {
      case: this.#case,
      version: this.#store.queries.version(),
      eventsPerSecond: rate,
      lagMs: this.#newest === undefined ? null : millisBetween(this.#newest, now),
      ledger: this.#ledger,
      newestTime: this.#newest === undefined ? null : formatTime(this.#newest),
    };
  }
}
