import type { SealPolicy } from '../write/partitions.ts';
import type { CaseFile, Questions, ReaderCalls } from './readerCalls.ts';
import { ThreadLink, ThreadOnDemand } from './threadLink.ts';
import type { WriterCalls } from './writerCalls.ts';

const isSource = import.meta.url.endsWith('.ts');
const writerUrl = new URL(isSource ? './writer.worker.ts' : './writer.worker.js', import.meta.url);
const readerUrl = new URL(isSource ? './reader.worker.ts' : './reader.worker.js', import.meta.url);

/** Questions that need no forest: they do not wait behind one that is being derived. */
const quick: ReadonlySet<keyof Questions> = new Set<keyof Questions>([
  'summary',
  'sources',
  'source',
  'completeness',
  'nodes',
  'raw',
  'quarantine',
]);

/** Questions about all of a case: of a large one they take seconds a part, and a tree does not wait behind them. */
const lists: ReadonlySet<keyof Questions> = new Set<keyof Questions>([
  'clusters',
  'namespaces',
  'pods',
  'destinations',
  'lateral',
  'conversations',
  'histogram',
  'verify',
]);

/** The threads of one data directory: one writes, one gathers lists, one derives, one answers what needs no derivation. */
export class Threads {
  readonly writer: ThreadLink<WriterCalls>;
  /** Readers begin with the first question that is theirs: a thread costs memory that an upload alone does not need. */
  readonly #gathering: ThreadOnDemand<ReaderCalls>;
  readonly #deriving: ThreadOnDemand<ReaderCalls>;
  readonly #quick: ThreadOnDemand<ReaderCalls>;

  /** @param heapMb what each may keep, in MiB */
  constructor(policy: SealPolicy, wholeUpTo: number, heapMb: number) {
    this.writer = new ThreadLink<WriterCalls>(writerUrl, policy, heapMb);
    const reader = (): ThreadLink<ReaderCalls> => new ThreadLink(readerUrl, wholeUpTo, heapMb);
    this.#gathering = new ThreadOnDemand(reader);
    this.#deriving = new ThreadOnDemand(reader);
    this.#quick = new ThreadOnDemand(reader);
  }

  /** Asks a case; the answer includes every append that has resolved. */
  async ask<Name extends keyof Questions>(
    file: CaseFile,
    question: Name,
    args: Parameters<Questions[Name]>,
  ): Promise<ReturnType<Questions[Name]>> {
    // The thread answers with what the question's own method returned.
    const answer: unknown = await this.#of(question).link().call('ask', [file, question, args]);
    return answerAs<ReturnType<Questions[Name]>>(answer);
  }

  /** Lets go of a case's file everywhere. */
  async closeCase(path: string): Promise<void> {
    await Promise.all(this.#readers().map((reader) => reader.call('close', [path])));
    await this.writer.call('close', [path]);
  }

  /** Checkpoints, closes, ends the threads. Rejects when the writer has died: nothing could be checkpointed. */
  async close(): Promise<void> {
    try {
      await Promise.all(this.#readers().map((reader) => reader.call('closeAll', [])));
      await this.writer.call('closeAll', []);
    } finally {
      await this.abandon();
    }
  }

  /** Ends the threads at once, as a crash would. */
  async abandon(): Promise<void> {
    await Promise.all([this.writer.end(), ...this.#readers().map((reader) => reader.end())]);
  }

  #of(question: keyof Questions): ThreadOnDemand<ReaderCalls> {
    if (quick.has(question)) return this.#quick;
    return lists.has(question) ? this.#gathering : this.#deriving;
  }

  #readers(): ThreadLink<ReaderCalls>[] {
    const all = [this.#quick, this.#gathering, this.#deriving];
    return all.map(({ alive }) => alive).filter((reader) => reader !== undefined);
  }
}

function answerAs<T>(answer: unknown): T;
function answerAs(answer: unknown): unknown {
  return answer;
}
