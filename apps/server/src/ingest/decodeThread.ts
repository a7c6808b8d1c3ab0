import { Worker } from 'node:worker_threads';
import type { FromDecoder, ToDecoder } from './decodeMessages.ts';
import type { DecodedStretch, DecodeOptions, Decoding } from './decoding.ts';

/**
 * Chunks on their way to the thread or waiting as stretches to be taken: the back-pressure. At some 256 KiB each they are
 * more than one batch, so that the next one is decoded while the writer commits the last.
 */
const inFlight = 24;

/** Decodes in a worker thread, so that parsing a large log stalls neither the event loop nor the writer. */
export function startDecodeThread(): Decoding {
  const isSource = import.meta.url.endsWith('.ts');
  const worker = new Worker(
    new URL(isSource ? './decode.worker.ts' : './decode.worker.js', import.meta.url),
    {
      execArgv: isSource ? ['--conditions=source'] : [],
      // Decoding makes garbage, little of which lives: a small young generation collects it sooner.
      resourceLimits: { maxYoungGenerationSizeMb: 32 },
    },
  );
  worker.unref();
  const inboxes = new Map<number, (message: FromDecoder) => void>();
  let lastStream = 0;
  let broken: Error | undefined;
  const breakAll = (error: Error) => {
    broken = error;
    for (const [stream, inbox] of inboxes) inbox({ stream, done: true, failure: error.message });
  };
  worker.on('message', (message: FromDecoder) => inboxes.get(message.stream)?.(message));
  worker.on('error', breakAll);
  worker.on('exit', () => breakAll(new Error('the decoder thread has ended')));
  const send = (message: ToDecoder, transfer: ArrayBuffer[] = []) =>
    worker.postMessage(message, transfer);

  async function* decode(
    chunks: AsyncIterable<Uint8Array>,
    options: DecodeOptions,
  ): AsyncGenerator<DecodedStretch> {
    if (broken !== undefined) throw broken;
    lastStream += 1;
    const stream = lastStream;
    const answers = new Answers();
    inboxes.set(stream, (message) => answers.put(message));
    worker.ref();
    send({ kind: 'open', stream, options });
    let feedError: Error | undefined;
    const feeding = feed().catch((error: unknown) => {
      feedError = error instanceof Error ? error : new Error(String(error));
      // What was read before the source broke is still decoded and handed out.
      send({ kind: 'end', stream });
    });
    try {
      for (;;) {
        const answer = await answers.take();
        if ('failure' in answer) throw new Error(`The decoder failed: ${answer.failure}`);
        yield answer.stretch;
        if (answer.done) break;
      }
      await feeding;
      if (feedError !== undefined) throw feedError;
    } finally {
      answers.close();
      inboxes.delete(stream);
      send({ kind: 'drop', stream });
      if (inboxes.size === 0) worker.unref();
    }

    async function feed(): Promise<void> {
      for await (const chunk of chunks) {
        if (!(await answers.room())) return;
        // A chunk may be a view into a pool; its own copy can change threads for nothing.
        const bytes = new Uint8Array(chunk);
        send({ kind: 'chunk', stream, bytes }, [bytes.buffer]);
      }
      send({ kind: 'end', stream });
    }
  }

  return {
    decode,
    async close() {
      worker.removeAllListeners('exit');
      await worker.terminate();
    },
  };
}

/** Answers in order, and how many chunks may still be sent. */
class Answers {
  readonly #queue: FromDecoder[] = [];
  #credits = inFlight;
  #closed = false;
  #wakeTaker: (() => void) | undefined;
  #wakeFeeder: (() => void) | undefined;

  put(message: FromDecoder): void {
    this.#queue.push(message);
    this.#wakeTaker?.();
  }

  async take(): Promise<FromDecoder> {
    for (;;) {
      const message = this.#queue.shift();
      if (message !== undefined) {
        this.#credits += 1;
        this.#wakeFeeder?.();
        return message;
      }
      await new Promise<void>((resolve) => {
        this.#wakeTaker = resolve;
      });
    }
  }

  /** Waits until a chunk may be sent; false: nobody takes any more. */
  async room(): Promise<boolean> {
    while (this.#credits <= 0 && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wakeFeeder = resolve;
      });
    }
    this.#credits -= 1;
    return !this.#closed;
  }

  close(): void {
    this.#closed = true;
    this.#wakeFeeder?.();
  }
}
