import {
  type ProgressEvent,
  progressEvent,
  type StatsEvent,
  statsEvent,
  type UpsertEvent,
  upsertEvent,
} from '@forebear/model/wire/stream';
import { address, clientHeader, type Params } from './client.ts';
import { ApiFailure, failureOf } from './failure.ts';
import { SseReader } from './sse.ts';

export type LiveMessage =
  | { readonly kind: 'progress'; readonly progress: ProgressEvent }
  | { readonly kind: 'stats'; readonly stats: StatsEvent }
  | { readonly kind: 'upsert'; readonly upsert: UpsertEvent }
  | { readonly kind: 'other'; readonly event: string };

/** What the top bar's dot says. */
export type LiveState =
  | { readonly kind: 'off' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open'; readonly stats: StatsEvent | undefined }
  /** Gone since a moment of the clock; the next try is at another. */
  | {
      readonly kind: 'lost';
      readonly since: number;
      readonly retryAt: number;
      readonly reason: string;
    };

interface LiveDeps {
  readonly fetch: typeof fetch;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * One event stream for what is on screen. It resumes with `Last-Event-ID`, waits twice as long after each failure (at
 * most 15 s), ends when there is no such case, and starts anew when another pod or case is watched. Paused, it keeps listening and holds back everything
 * but the figures, so that `resume` can say how much was missed.
 */
export class LiveStream {
  readonly #deps: LiveDeps;
  readonly #stateListeners = new Set<() => void>();
  readonly #messageListeners = new Set<(message: LiveMessage) => void>();
  #state: LiveState = { kind: 'off' };
  #paused = false;
  #abort: AbortController | undefined;
  #watched = '';

  constructor(deps: Partial<LiveDeps> = {}) {
    this.#deps = {
      fetch: (input, init) => fetch(input, init),
      clock: () => performance.now(),
      sleep,
      ...deps,
    };
  }

  /** Watches a case, and one of its pods when one is open. The same again changes nothing. */
  watch(params: Params): void {
    const url = address('/stream', params);
    if (url === this.#watched) return;
    this.stop();
    this.#watched = url;
    const abort = new AbortController();
    this.#abort = abort;
    this.#set({ kind: 'connecting' });
    void this.#run(url, abort.signal);
  }

  stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    this.#watched = '';
    this.#set({ kind: 'off' });
  }

  get paused(): boolean {
    return this.#paused;
  }

  setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#tell();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  };

  readonly snapshot = (): LiveState => this.#state;
  readonly pausedSnapshot = (): boolean => this.#paused;

  /** Hears every message that is not held back; answers how to stop hearing. */
  listen(listener: (message: LiveMessage) => void): () => void {
    this.#messageListeners.add(listener);
    return () => this.#messageListeners.delete(listener);
  }

  async #run(url: string, signal: AbortSignal): Promise<void> {
    let lastId = '';
    let waitMs = FIRST_WAIT_MS;
    let lostSince: number | undefined;
    while (!signal.aborted) {
      const reader = new SseReader(lastId);
      let reason = 'the stream ended';
      try {
        await this.#read(url, lastId, reader, signal, (id) => {
          lastId = id;
          waitMs = FIRST_WAIT_MS;
          lostSince = undefined;
        });
      } catch (error) {
        if (error instanceof ApiFailure && error.code === 'unknown_case' && !signal.aborted) {
          this.#set({ kind: 'off' });
          return;
        }
        reason = error instanceof ApiFailure ? error.message : 'the server does not answer';
      }
      if (signal.aborted) return;
      const now = this.#deps.clock();
      lostSince ??= now;
      const wait = Math.max(waitMs, reader.retryMs ?? 0);
      this.#set({ kind: 'lost', since: lostSince, retryAt: now + wait, reason });
      await this.#deps.sleep(wait, signal);
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
    }
  }

  async #read(
    url: string,
    lastId: string,
    reader: SseReader,
    signal: AbortSignal,
    onAlive: (id: string) => void,
  ): Promise<void> {
    const headers = {
      ...clientHeader,
      Accept: 'text/event-stream',
      ...(lastId === '' ? {} : { 'Last-Event-ID': lastId }),
    };
    const response = await this.#deps.fetch(url, { headers, signal, cache: 'no-store' });
    if (!response.ok || response.body === null) {
      throw failureOf(response.status, await response.text());
    }
    this.#set({ kind: 'open', stats: undefined });
    onAlive(lastId);
    const text = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await text.read();
      if (done) return;
      for (const message of reader.push(value)) {
        onAlive(message.id);
        this.#take(message.event, message.data);
      }
    }
  }

  #take(event: string, data: string): void {
    const message = readMessage(event, data);
    if (message === undefined) return;
    if (message.kind === 'stats') this.#set({ kind: 'open', stats: message.stats });
    if (this.#paused && message.kind !== 'stats') return;
    for (const listener of this.#messageListeners) listener(message);
  }

  #set(state: LiveState): void {
    this.#state = state;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#stateListeners) listener();
  }
}

/** A message of the contract; undefined when it is not of its shape, which ends nothing. */
export function readMessage(event: string, data: string): LiveMessage | undefined {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return undefined;
  }
  switch (event) {
    case 'progress': {
      const parsed = progressEvent.safeParse(json);
      return parsed.success ? { kind: 'progress', progress: parsed.data } : undefined;
    }
    case 'stats': {
      const parsed = statsEvent.safeParse(json);
      return parsed.success ? { kind: 'stats', stats: parsed.data } : undefined;
    }
    case 'upsert': {
      const parsed = upsertEvent.safeParse(json);
      return parsed.success ? { kind: 'upsert', upsert: parsed.data } : undefined;
    }
    default:
      return { kind: 'other', event };
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
