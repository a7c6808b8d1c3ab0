import { Worker } from 'node:worker_threads';
import { endThread, newSharedEnd } from '../crossing/endThread.ts';
import { relayBatch } from '../crossing/packedBatch.ts';
import type { FromDecoder, ToDecoder } from './decodeMessages.ts';
import type { DecodedStretch, DecodeOptions, Decoding } from './decoding.ts';

/** Memory in which bytes travel to the thread and comes back with the answer: no garbage, however long the log. */
const bufferBytes = 256 * 1024;
const mostBuffers = 24;
/** Batches that wait to be taken: the next ones are decoded while the writer commits the last. */
const mostBatches = 2;

/**
 * Decodes in a worker thread, so that parsing a large log stalls neither the event loop nor the writer. A thread that
 * dies fails the streams it was reading; the next one gets another.
 */
export function startDecodeThread(): Decoding {
  const isSource = import.meta.url.endsWith('.ts');
  const file = new URL(isSource ? './decode.worker.ts' : './decode.worker.js', import.meta.url);
  const inboxes = new Map<number, (message: FromDecoder) => void>();
  const ended = newSharedEnd();
  let lastStream = 0;
  let thread: Worker | undefined = startWorker();

  function startWorker(): Worker {
    const worker = new Worker(file, {
      workerData: ended,
      execArgv: isSource ? ['--conditions=source'] : [],
      // Decoding makes garbage, little of which lives: a small young generation collects it sooner. No limit is set for the
      // old one: a thread that meets its limit in the middle of a parse takes the process with it.
      resourceLimits: { maxYoungGenerationSizeMb: 32 },
    });
    worker.unref();
    const end = (reason: string) => {
      if (thread !== worker) return;
      thread = undefined;
      failAll(reason);
    };
    worker.on('message', (message: FromDecoder) => inboxes.get(message.stream)?.(message));
    worker.on('error', (error: Error) => end(error.message));
    worker.on('exit', () => end('its thread has ended'));
    return worker;
  }

  function failAll(reason: string): void {
    for (const [stream, inbox] of inboxes) inbox({ stream, done: true, failure: reason });
  }

  async function* decode(
    chunks: AsyncIterable<Uint8Array>,
    options: DecodeOptions,
  ): AsyncGenerator<DecodedStretch> {
    const current = (thread ??= startWorker());
    // To the thread that began the stream: one that has died takes messages and does nothing with them.
    const send = (message: ToDecoder, transfer: ArrayBuffer[] = []) =>
      current.postMessage(message, transfer);
    lastStream += 1;
    const stream = lastStream;
    const answers = new Answers();
    inboxes.set(stream, (message) => answers.put(message));
    current.ref();
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
        const { batches, report } = answer.stretch;
        yield { batches: batches.map(relayBatch), isLast: answer.done, report };
        if (answer.done) break;
      }
      await feeding;
      if (feedError !== undefined) throw feedError;
    } finally {
      answers.close();
      inboxes.delete(stream);
      send({ kind: 'drop', stream });
      if (inboxes.size === 0) current.unref();
    }

    async function feed(): Promise<void> {
      for await (const chunk of chunks) {
        for (let at = 0; at < chunk.length; at += bufferBytes) {
          const buffer = await answers.room();
          if (buffer === undefined) return;
          const part = chunk.subarray(at, at + bufferBytes);
          const bytes = new Uint8Array(buffer, 0, part.length);
          bytes.set(part);
          send({ kind: 'chunk', stream, bytes }, [buffer]);
        }
      }
      send({ kind: 'end', stream });
    }
  }

  return {
    decode,
    async close() {
      const last = thread;
      thread = undefined;
      failAll('it was closed');
      if (last !== undefined) await endThread(last, ended);
    },
  };
}

/** Answers in order, and the memory in which more may be sent. */
class Answers {
  readonly #queue: FromDecoder[] = [];
  readonly #free: ArrayBuffer[] = [];
  #made = 0;
  #batches = 0;
  #closed = false;
  #wakeTaker: (() => void) | undefined;
  #wakeFeeder: (() => void) | undefined;

  put(message: FromDecoder): void {
    this.#queue.push(message);
    if ('stretch' in message) {
      this.#batches += message.stretch.batches.length;
      if (message.spent !== undefined) this.#free.push(message.spent);
    }
    this.#wakeTaker?.();
    this.#wakeFeeder?.();
  }

  async take(): Promise<FromDecoder> {
    for (;;) {
      const message = this.#queue.shift();
      if (message !== undefined) {
        if ('stretch' in message) this.#batches -= message.stretch.batches.length;
        this.#wakeFeeder?.();
        return message;
      }
      await new Promise<void>((resolve) => {
        this.#wakeTaker = resolve;
      });
    }
  }

  /** Memory in which a chunk may be sent, as soon as there is some; undefined: nobody takes any more. */
  async room(): Promise<ArrayBuffer | undefined> {
    for (;;) {
      if (this.#closed) return undefined;
      if (this.#batches < mostBatches) {
        const free = this.#free.pop();
        if (free !== undefined) return free;
        if (this.#made < mostBuffers) {
          this.#made += 1;
          return new ArrayBuffer(bufferBytes);
        }
      }
      await new Promise<void>((resolve) => {
        this.#wakeFeeder = resolve;
      });
    }
  }

  close(): void {
    this.#closed = true;
    this.#wakeFeeder?.();
  }
}
