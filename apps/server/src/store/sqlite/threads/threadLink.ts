import { Worker } from 'node:worker_threads';
import { endThread, newSharedEnd, type SharedEnd } from '../../../crossing/endThread.ts';
import { OutOfMemory, StorageFull } from '../../ports.ts';

/** What a thread begins with. */
export interface ThreadData {
  readonly given: unknown;
  readonly end: SharedEnd;
}

export interface ThreadRequest {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** `value` is what the called method's own type says: it was typed when it was called. */
export type ThreadResponse =
  | { readonly id: number; readonly ok: true; readonly value: never }
  | { readonly id: number; readonly ok: false; readonly error: ThreadError };

export interface ThreadError {
  readonly message: string;
  /** SQLite's or Node's code, empty when there is none. */
  readonly code: string;
}

interface Pending {
  resolve(value: never): void;
  reject(error: Error): void;
}

/** The near end of a thread: typed calls over messages, begun in the order they were made. */
export class ThreadLink<
  Offered extends { [Name in keyof Offered]: (...args: never[]) => unknown },
> {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  readonly #end = newSharedEnd();
  #next = 1;
  #failure: Error | undefined;

  /** `url` of a worker's file, as source or as built; `given` reaches it as `threadData`; it ends when it keeps more than `heapMb`. */
  constructor(url: URL, given: unknown, heapMb: number) {
    const isSource = url.pathname.endsWith('.ts');
    const workerData: ThreadData = { given, end: this.#end };
    this.#worker = new Worker(url, {
      workerData,
      // Batches and rows make garbage, little of which lives: a small young generation collects it sooner.
      // With a limit of its own a thread that meets it ends alone; V8's own is 4 GiB, however much there is.
      resourceLimits: { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: heapMb },
      ...(isSource ? { execArgv: ['--conditions=source'] } : {}),
    });
    this.#worker.on('message', (response: ThreadResponse) => this.#settle(response));
    this.#worker.on('error', (error: Error) => {
      const isFull = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#fail(isFull ? new OutOfMemory(heapMb) : error);
    });
    this.#worker.on('exit', () => this.#fail(new Error(`a thread of the store has ended`)));
  }

  /** Whether the thread has died or was ended: every later call is rejected. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  call<Name extends keyof Offered & string>(
    method: Name,
    args: Parameters<Offered[Name]>,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Awaited<ReturnType<Offered[Name]>>> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const id = this.#next;
    this.#next += 1;
    const request: ThreadRequest = { id, method, args };
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage(request, transfer);
    });
  }

  /** Ends the thread behind the call that it is in: calls that wait are rejected. */
  end(): Promise<void> {
    return endThread(this.#worker, this.#end);
  }

  #settle(response: ThreadResponse): void {
    const pending = this.#pending.get(response.id);
    this.#pending.delete(response.id);
    if (response.ok) pending?.resolve(response.value);
    else pending?.reject(errorOf(response.error));
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const pending of this.#pending.values()) pending.reject(error);
    this.#pending.clear();
  }
}

/** A thread that begins with the first question that is its own, and begins anew when it has died. */
export class ThreadOnDemand<
  Offered extends { [Name in keyof Offered]: (...args: never[]) => unknown },
> {
  readonly #start: () => ThreadLink<Offered>;
  #link: ThreadLink<Offered> | undefined;

  constructor(start: () => ThreadLink<Offered>) {
    this.#start = start;
  }

  /** The one that lives, begun if need be. Calls that were under way when another died have been rejected. */
  link(): ThreadLink<Offered> {
    const link = this.alive ?? this.#start();
    this.#link = link;
    return link;
  }

  /** Undefined: none has begun, or it has died. */
  get alive(): ThreadLink<Offered> | undefined {
    return this.#link?.hasFailed === true ? undefined : this.#link;
  }
}

function errorOf({ message, code }: ThreadError): Error {
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new StorageFull(message);
  return new Error(code === '' ? message : `${code}: ${message}`);
}
