import { rm } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { constrainedMemory, pid } from 'node:process';
import type { Nanos } from '@forebear/model/event/time';
import { type CaseItem, caseName } from '@forebear/model/wire/cases';
import { badCaseName, caseExists, unknownCase } from '../caseProblems.ts';
import type { Answer, CaseStore, Cases, FactStore } from '../ports.ts';
import { DataDir } from './dataDir.ts';
import { SqliteCase } from './sqliteCase.ts';
import { heapOfThreadMb } from './threadHeap.ts';
import { Threads } from './threads/threads.ts';
import { defaultSealPolicy, type SealPolicy } from './write/partitions.ts';

/** Cases of a data directory. */
export interface SqliteCases extends Cases {
  /** Lets work write into a case that nobody sees, in the threads of all others. It is deleted when work is done, however that ends. */
  scratch(work: (facts: FactStore) => Promise<void>): Promise<void>;
  /** Ends the threads as a crash would, without a checkpoint: for tests. */
  abandon(): Promise<void>;
}

/** About a tenth of a second of derivation. */
const defaultWholeUpTo = 10_000;

/** Opens the cases of a data directory; the case `default` is made when missing. Rejects when another process holds it. */
export async function openSqliteCases(options: {
  readonly dataDir: string;
  readonly now: () => Nanos;
  readonly seal?: SealPolicy;
  /** Events up to which a case is derived whole; a larger one is derived by the unit that is asked for. */
  readonly wholeUpTo?: number;
}): Promise<SqliteCases> {
  const dir = new DataDir(options.dataDir, pid);
  const threads = new Threads(
    options.seal ?? defaultSealPolicy,
    options.wholeUpTo ?? defaultWholeUpTo,
    heapOfThreadMb(totalmem(), constrainedMemory()),
  );
  const cases = new ShelfOfFiles(dir, threads, options.now);
  try {
    await cases.open('default', { create: true });
  } catch (error) {
    await cases.abandon();
    throw error;
  }
  return cases;
}

class ShelfOfFiles implements SqliteCases {
  readonly #dir: DataDir;
  readonly #threads: Threads;
  readonly #now: () => Nanos;
  /** Opened or being opened. */
  readonly #open = new Map<string, Promise<CaseStore>>();
  #closing: Promise<void> | undefined;

  constructor(dir: DataDir, threads: Threads, now: () => Nanos) {
    this.#dir = dir;
    this.#threads = threads;
    this.#now = now;
  }

  async list(): Promise<readonly CaseItem[]> {
    const names = await this.#dir.names();
    return Promise.all(
      names.map(async (name) =>
        this.#threads.ask({ name, path: this.#dir.pathOf(name) }, 'summary', []),
      ),
    );
  }

  async create(name: string): Promise<Answer<CaseItem>> {
    if (!caseName.safeParse(name).success) return badCaseName;
    if (await this.#has(name)) return caseExists(name);
    const made = await this.#openFile(name);
    return { ok: true, value: await made.queries.summary() };
  }

  async remove(name: string): Promise<Answer<undefined>> {
    if (!(await this.#has(name))) return unknownCase(name);
    this.#open.delete(name);
    await this.#threads.closeCase(this.#dir.pathOf(name));
    await this.#dir.remove(name);
    if (name === 'default') await this.#openFile(name);
    return { ok: true, value: undefined };
  }

  async open(name: string, options?: { readonly create?: boolean }): Promise<Answer<CaseStore>> {
    const known = this.#open.get(name);
    if (known !== undefined) return { ok: true, value: await known };
    if (!caseName.safeParse(name).success) return badCaseName;
    if (options?.create !== true && !(await this.#has(name))) return unknownCase(name);
    return { ok: true, value: await this.#openFile(name) };
  }

  async scratch(work: (facts: FactStore) => Promise<void>): Promise<void> {
    const dir = await this.#dir.makeScratch();
    const file = { name: 'scratch', path: join(dir, 'case.db') };
    const { writer } = this.#threads;
    try {
      const opened = await writer.call('open', [file.path]);
      const made = { file, threads: this.#threads, now: this.#now, opened };
      await work(new SqliteCase(made).facts);
    } finally {
      // A writer that has ended has closed it, or never will.
      await writer.call('close', [file.path]).catch(() => undefined);
      await rm(dir, { recursive: true, force: true });
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#threads.close().finally(() => this.#dir.release());
    return this.#closing;
  }

  abandon(): Promise<void> {
    this.#closing ??= this.#threads.abandon().finally(() => this.#dir.release());
    return this.#closing;
  }

  async #has(name: string): Promise<boolean> {
    return this.#open.has(name) || (await this.#dir.names()).includes(name);
  }

  #openFile(name: string): Promise<CaseStore> {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const file = { name, path: this.#dir.pathOf(name) };
    const opening = this.#threads.writer
      .call('open', [file.path])
      .then(
        (opened): CaseStore =>
          new SqliteCase({ file, threads: this.#threads, now: this.#now, opened }),
      );
    this.#open.set(name, opening);
    opening.catch(() => this.#open.delete(name));
    return opening;
  }
}
