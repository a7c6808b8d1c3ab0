import type { Nanos } from '@forebear/model/event/time';
import { type CaseItem, caseName } from '@forebear/model/wire/cases';
import { badCaseName, caseExists, unknownCase } from '../caseProblems.ts';
import type { Answer, CaseStore, Cases } from '../ports.ts';
import { MemoryEvidence } from './memoryEvidence.ts';
import { MemoryFacts } from './memoryFacts.ts';
import { MemoryQueries } from './memoryQueries.ts';
import { MemoryState } from './memoryState.ts';

/** A shelf of cases that live as long as the process: for tests, pipes and `tree --file`. */
export function openMemoryCases(options: { readonly now: () => Nanos }): Cases {
  return new MemoryCases(options.now);
}

class MemoryCases implements Cases {
  readonly #cases = new Map<string, CaseStore>();
  readonly #now: () => Nanos;

  constructor(now: () => Nanos) {
    this.#now = now;
    this.#make('default');
  }

  async list(): Promise<readonly CaseItem[]> {
    const names = [...this.#cases.keys()].sort();
    return Promise.all(names.flatMap((name) => this.#cases.get(name)?.queries.summary() ?? []));
  }

  async create(name: string): Promise<Answer<CaseItem>> {
    if (!caseName.safeParse(name).success) return badCaseName;
    if (this.#cases.has(name)) return caseExists(name);
    return { ok: true, value: await this.#make(name).queries.summary() };
  }

  async remove(name: string): Promise<Answer<undefined>> {
    if (!this.#cases.delete(name)) return unknownCase(name);
    if (name === 'default') this.#make(name);
    return { ok: true, value: undefined };
  }

  async open(name: string, options?: { readonly create?: boolean }): Promise<Answer<CaseStore>> {
    const known = this.#cases.get(name);
    if (known !== undefined) return { ok: true, value: known };
    if (options?.create !== true) return unknownCase(name);
    return caseName.safeParse(name).success ? { ok: true, value: this.#make(name) } : badCaseName;
  }

  async close(): Promise<void> {
    this.#cases.clear();
  }

  #make(name: string): CaseStore {
    const state = new MemoryState(name, this.#now);
    const made: CaseStore = {
      facts: new MemoryFacts(state),
      evidence: new MemoryEvidence(state),
      queries: new MemoryQueries(state),
    };
    this.#cases.set(name, made);
    return made;
  }
}
