import { CaseReader } from '../read/caseReader.ts';
import { callMethod } from './serveThread.ts';

/** Connections open at once; the one used longest ago makes room. */
const maxReaders = 16;

/** Which file a question is about. */
export interface CaseFile {
  readonly name: string;
  readonly path: string;
}

/** What a reader may be asked: every method of `CaseReader` but `close`. */
export type Questions = Omit<CaseReader, 'close'>;

/** What a reader's thread offers: questions to a case, and letting go of its file. */
export class ReaderCalls {
  readonly #wholeUpTo: number;
  readonly #readers = new Map<string, CaseReader>();

  /** Cases of up to so many events are derived whole. */
  constructor(wholeUpTo: number) {
    this.#wholeUpTo = wholeUpTo;
  }

  ask(file: CaseFile, question: string, args: readonly unknown[]): unknown {
    return callMethod(this.#readerOf(file), question, args);
  }

  close(path: string): void {
    this.#readers.get(path)?.close();
    this.#readers.delete(path);
  }

  closeAll(): void {
    for (const path of this.#readers.keys()) this.close(path);
  }

  #readerOf({ name, path }: CaseFile): CaseReader {
    const known = this.#readers.get(path);
    const reader = known ?? new CaseReader(name, path, this.#wholeUpTo);
    this.#readers.delete(path);
    this.#readers.set(path, reader);
    for (const oldest of this.#readers.keys()) {
      if (this.#readers.size <= maxReaders) break;
      this.close(oldest);
    }
    return reader;
  }
}
