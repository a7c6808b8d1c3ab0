/** One message of an event stream. */
export interface SseMessage {
  readonly event: string;
  readonly data: string;
  /** The last id seen, for `Last-Event-ID`. */
  readonly id: string;
}

/** Longer than this without an end of message is no stream of ours: the buffer stays bounded. */
const MOST_BUFFERED = 32 * 1024 * 1024;

/**
 * Reads an event stream (WHATWG HTML 9.2) over any chunking. Holds the unfinished line; `push` answers the messages
 * that a piece of text completes, and throws when a message has no end.
 */
export class SseReader {
  #rest = '';
  #event = '';
  #data: string[] = [];
  #size = 0;
  #id: string;
  #retryMs: number | undefined;

  constructor(lastId = '') {
    this.#id = lastId;
  }

  /** What the server asked to wait before coming back, when it did. */
  get retryMs(): number | undefined {
    return this.#retryMs;
  }

  push(text: string): readonly SseMessage[] {
    const messages: SseMessage[] = [];
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = this.#take(line);
      if (message !== undefined) messages.push(message);
    }
    if (this.#rest.length + this.#size > MOST_BUFFERED)
      throw new Error('event stream: no end of message');
    return messages;
  }

  #take(line: string): SseMessage | undefined {
    if (line === '') return this.#flush();
    if (line.startsWith(':')) return undefined;
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#event = value;
    else if (field === 'data') {
      this.#data.push(value);
      this.#size += value.length;
    } else if (field === 'id' && !value.includes('\0')) this.#id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) this.#retryMs = Number(value);
    return undefined;
  }

  #flush(): SseMessage | undefined {
    const message = { event: this.#event || 'message', data: this.#data.join('\n'), id: this.#id };
    const empty = this.#data.length === 0;
    this.#event = '';
    this.#data = [];
    this.#size = 0;
    return empty ? undefined : message;
  }
}
