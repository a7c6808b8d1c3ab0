import type { Source } from '@forebear/model/wire/sources';
import { type ApiFailure, asFailure } from './failure.ts';
import { firstLines, looksLike } from './looksLike.ts';
import { upload } from './upload.ts';

export type UploadState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'done'; readonly source: Source }
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'failed';
      readonly failure: ApiFailure;
      /** What the file looks like by its first bytes, when that says anything. */
      readonly looksLike: string | undefined;
      /** The first lines of a refused text. */
      readonly lines: readonly string[];
    };

/** One file on its way, or that arrived, or that did not. */
export interface Upload {
  readonly id: string;
  readonly caseName: string;
  readonly name: string;
  readonly size: number;
  /** What it is read as: a format's id, or `auto`. */
  readonly format: string;
  readonly sent: number;
  /** Bytes a second over the last seconds. */
  readonly rate: number;
  readonly state: UploadState;
}

export interface UploadFile {
  readonly name: string;
  readonly file: Blob;
}

interface UploadDeps {
  readonly send: typeof upload;
  readonly newId: () => string;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  readonly onChanged: (caseName: string) => void;
}

const AT_ONCE = 2;
const unsent = { sent: 0, rate: 0, state: { kind: 'waiting' } } as const;

/** The files of this page, in the order they were given; two are sent at a time. */
export class Uploads {
  readonly #deps: UploadDeps;
  readonly #files = new Map<string, Blob>();
  readonly #aborts = new Map<string, AbortController>();
  readonly #listeners = new Set<() => void>();
  #list: readonly Upload[] = [];

  constructor(deps: Partial<UploadDeps> & Pick<UploadDeps, 'onChanged'>) {
    this.#deps = {
      send: upload,
      newId: () => crypto.randomUUID(),
      clock: () => performance.now(),
      ...deps,
    };
  }

  add(caseName: string, files: readonly UploadFile[], format = 'auto'): void {
    const added = files.map(({ name, file }): Upload => {
      const id = this.#deps.newId();
      this.#files.set(id, file);
      return { id, caseName, name, format, size: file.size, ...unsent };
    });
    this.#set([...this.#list, ...added]);
    this.#startNext();
  }

  /** Sends a refused one again, to be read as a format that its user names; in its place of the list. */
  readAs(id: string, format: string): void {
    const file = this.#files.get(id);
    const refused = this.#list.find((one) => one.id === id && one.state.kind === 'failed');
    if (file === undefined || refused === undefined) return;
    const again = this.#deps.newId();
    this.#files.delete(id);
    this.#files.set(again, file);
    this.#update(id, { ...unsent, id: again, format });
    this.#startNext();
  }

  cancel(id: string): void {
    const found = this.#list.find((one) => one.id === id);
    if (found?.state.kind === 'waiting') this.#finish(id, { kind: 'cancelled' });
    this.#aborts.get(id)?.abort();
  }

  /** Takes a finished one off the list. */
  dismiss(id: string): void {
    if (this.#list.some((one) => one.id === id && !isGoing(one))) this.#files.delete(id);
    this.#set(this.#list.filter((one) => one.id !== id || isGoing(one)));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): readonly Upload[] => this.#list;

  #startNext(): void {
    const sending = this.#list.filter((one) => one.state.kind === 'sending').length;
    const waiting = this.#list.filter((one) => one.state.kind === 'waiting');
    for (const next of waiting.slice(0, Math.max(0, AT_ONCE - sending))) void this.#send(next);
  }

  async #send({ id, caseName, name, format }: Upload): Promise<void> {
    const file = this.#files.get(id);
    if (file === undefined) return;
    const abort = new AbortController();
    this.#aborts.set(id, abort);
    this.#update(id, { state: { kind: 'sending' } });
    const rate = rateMeter(this.#deps.clock);
    const onSent = (sent: number) => this.#update(id, { sent, rate: rate(sent) });
    try {
      const source = await this.#deps.send({
        caseName,
        id,
        name,
        file,
        format,
        onSent,
        signal: abort.signal,
      });
      this.#finish(id, { kind: 'done', source });
    } catch (error) {
      const failure = asFailure(error);
      if (failure.code === 'cancelled') this.#finish(id, { kind: 'cancelled' });
      else {
        const isRefused = failure.code === 'not_a_log';
        const seen = isRefused ? await looksLike(file).catch(noIdea) : undefined;
        const lines = isRefused ? await firstLines(file).catch(noIdea) : undefined;
        this.#finish(id, { kind: 'failed', failure, looksLike: seen, lines: lines ?? [] });
      }
    }
    this.#deps.onChanged(caseName);
  }

  #finish(id: string, state: UploadState): void {
    // A refused file may be asked for again.
    if (state.kind !== 'failed') this.#files.delete(id);
    this.#aborts.delete(id);
    this.#update(id, { state, rate: 0 });
    this.#startNext();
  }

  #update(id: string, patch: Partial<Upload>): void {
    this.#set(this.#list.map((one) => (one.id === id ? { ...one, ...patch } : one)));
  }

  #set(list: readonly Upload[]): void {
    this.#list = list;
    for (const listener of this.#listeners) listener();
  }
}

/** Whether it is still under way. */
export function isGoing({ state }: Upload): boolean {
  return state.kind === 'waiting' || state.kind === 'sending';
}

/** Bytes a second over the last three seconds. */
function rateMeter(clock: () => number): (bytes: number) => number {
  const marks: { readonly at: number; readonly bytes: number }[] = [{ at: clock(), bytes: 0 }];
  return (bytes) => {
    const at = clock();
    marks.push({ at, bytes });
    while (marks.length > 2 && at - (marks[0]?.at ?? at) > 3000) marks.shift();
    const first = marks[0];
    if (first === undefined || at <= first.at) return 0;
    return ((bytes - first.bytes) * 1000) / (at - first.at);
  };
}

/** A file that can no longer be read, such as one deleted since. */
function noIdea(): undefined {
  return undefined;
}
