import type { ServerResponse } from 'node:http';

/** Bytes a slow reader may leave unread before we stop adding to them. */
const maxUnreadBytes = 256 * 1024;
/** How long it may stay that slow before it is cut off; it resumes with `Last-Event-ID`. */
const maxStallMs = 30_000;

/**
 * One client of a stream. Everything sent is state, not a log of changes: a message that a slow reader misses is
 * replaced by the next of its kind, so skipping loses nothing and memory stays bounded (reliability, S13).
 */
export class SseChannel {
  readonly #response: ServerResponse;
  readonly #now: () => number;
  #stalledSince: number | undefined;

  constructor(
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
    now: () => number,
  ) {
    this.#response = response;
    this.#now = now;
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 1000\n\n');
  }

  /** Takes messages now; false: the reader is behind, ask again later. */
  get ready(): boolean {
    if (this.#response.destroyed) return false;
    if (this.#response.writableLength <= maxUnreadBytes) {
      this.#stalledSince = undefined;
      return true;
    }
    this.#stalledSince ??= this.#now();
    if (this.#now() - this.#stalledSince > maxStallMs) this.#response.destroy();
    return false;
  }

  /** Sends one event. `id` lets the client resume; JSON has no newline, so one data line does. */
  send(event: string, id: string, data: unknown): void {
    if (this.ready)
      this.#response.write(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    this.#response.end();
  }
}
