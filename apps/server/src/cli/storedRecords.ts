import { hash } from 'node:crypto';
import { formatTime, type Nanos, nanos } from '@forebear/model/event/time';
import { defaultLateMs } from '@forebear/model/query/duration';
import { type EventItem, eventsAnswer } from '@forebear/model/wire/events';
import type { Query } from './caller.ts';
import { usageError } from './context.ts';
import { type EventChoice, isEventKind } from './eventChoice.ts';
import type { Session } from './session.ts';

const pageSize = 500;
/** Raw records asked for at a time; they are given out in order. */
const together = 8;
const pollMs = 1_000;
/** Agents report out of order and with delay: how far back each look goes. */
const lookBack = 10_000_000_000n;
const mostRemembered = 50_000;

/** The original records of stored events that a choice may want, in time order, each once. */
export async function* storedRecords(
  session: Session,
  choice: EventChoice,
): AsyncGenerator<Uint8Array> {
  if (session.store === undefined) {
    yield* overApi(session, choice, new Recent());
    return;
  }
  // Asked first, so that a filter or a time is refused in the words of the API.
  await session.caller.read('/events', { ...queryOf(choice), limit: 1 }, eventsAnswer);
  const { evidence } = await session.store();
  const kinds = storedKinds(choice);
  const records = evidence.records({
    filter: choice.filter,
    lateLimitMs: defaultLateMs,
    limit: pageSize,
    order: 'asc',
    ...(kinds === undefined ? {} : { kinds }),
    ...(choice.from === undefined ? {} : { from: choice.from }),
    ...(choice.to === undefined ? {} : { to: choice.to }),
  });
  for await (const { bytes } of records) yield lineOf(bytes);
}

/**
 * The same, and then what comes in, until the signal. A record that arrives more than ten seconds of event time behind
 * the newest one is not shown: the store has it.
 */
export async function* followedRecords(
  session: Session,
  choice: EventChoice,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (session.store !== undefined) {
    throw usageError('-f follows a running server (`forebear serve`), a file, or - for a pipe.');
  }
  const recent = new Recent();
  while (!signal.aborted) {
    const from = recent.newest === undefined ? choice.from : nanos(recent.newest - lookBack);
    yield* overApi(session, { ...choice, from }, recent);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function* overApi(
  { caller }: Session,
  choice: EventChoice,
  recent: Recent,
): AsyncGenerator<Uint8Array> {
  let cursor: string | undefined;
  do {
    const query = { ...queryOf(choice), limit: pageSize, cursor };
    const page = await caller.read('/events', query, eventsAnswer);
    const fresh = page.items.filter((item) => recent.isNew(item) && mayWant(choice, item));
    for (let at = 0; at < fresh.length; at += together) {
      const replies = await Promise.all(
        fresh
          .slice(at, at + together)
          .map(({ id }) => caller.readBytes(`/events/${encodeURIComponent(id)}/raw`, {})),
      );
      for (const { body } of replies) {
        // Several events may come from one record; a case holds the same bytes once.
        if (recent.isNewRecord(hash('sha256', body, 'base64'))) yield lineOf(body);
      }
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function queryOf(choice: EventChoice): Query {
  const { from, to } = choice;
  return {
    filter: choice.filterText,
    kind: storedKinds(choice)?.join(','),
    from: from === undefined ? undefined : formatTime(from),
    to: to === undefined ? undefined : formatTime(to),
    order: 'asc',
  };
}

/** The kinds to ask a store for: all of them when one is wanted by its label, which only the record itself has. */
function storedKinds({ kinds }: EventChoice): EventChoice['kinds'] {
  return kinds?.every(isEventKind) === true ? kinds : undefined;
}

/** What the list already says, so that the bytes of other namespaces are not fetched. */
function mayWant({ namespace }: EventChoice, { pod }: EventItem): boolean {
  return namespace === undefined || pod?.namespace === namespace;
}

/** Records of one stream end with a newline, whatever stood behind them in their own log. */
function lineOf(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.from('\n')]);
}

/** What has been given out lately, bounded. */
class Recent {
  newest: Nanos | undefined;
  readonly #events = new Set<string>();
  readonly #records = new Set<string>();

  isNew({ id, time }: EventItem): boolean {
    const at = time === null ? undefined : BigInt(Date.parse(time)) * 1_000_000n;
    if (at !== undefined && (this.newest === undefined || at > this.newest)) {
      this.newest = nanos(at);
    }
    return remember(this.#events, id);
  }

  isNewRecord(digest: string): boolean {
    return remember(this.#records, digest);
  }
}

function remember(known: Set<string>, key: string): boolean {
  if (known.has(key)) return false;
  known.add(key);
  if (known.size > mostRemembered) {
    const [oldest] = known;
    if (oldest !== undefined) known.delete(oldest);
  }
  return true;
}
