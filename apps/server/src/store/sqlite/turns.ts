import type { Steps } from '../steps.ts';
import type { CaseDb } from './caseDb.ts';

/** What a long question has come to: not ended yet, or its answer. */
export type Turn<T> = { readonly ended: false } | { readonly ended: true; readonly value: T };

interface Job {
  facts: string;
  steps: Steps<unknown>;
  restarts: number;
}

/** Questions in the making at once; of one more the oldest is begun anew when it is come back to. */
const maxJobs = 32;
/** A question that the facts have overtaken so often is answered at a stretch. */
const maxRestarts = 2;

/**
 * Long questions in steps: between two of them the thread answers others, and no snapshot lasts longer than one. All steps
 * of an answer see the same facts: when these have changed it is begun anew.
 */
export class Turns {
  readonly #db: CaseDb;
  readonly #jobs = new Map<string, Job>();

  constructor(db: CaseDb) {
    this.#db = db;
  }

  /** Takes one question, known by its number, a step further. `begin` makes its steps anew, for the running snapshot. */
  next<T>(number: number, begin: () => Steps<T>): Turn<T> {
    return this.#db.snapshot(() => {
      const { facts } = this.#db;
      const key = String(number);
      const job = this.#jobs.get(key);
      const isCurrent = job?.facts === facts;
      const restarts = job === undefined ? 0 : job.restarts + Number(!isCurrent);
      const steps = isCurrent ? stepsAs<T>(job.steps) : begin();
      this.#jobs.delete(key);
      let step = steps.next();
      while (step.done !== true && restarts > maxRestarts) step = steps.next();
      if (step.done === true) return { ended: true, value: step.value };
      this.#jobs.set(key, { facts, steps, restarts });
      for (const oldest of this.#jobs.keys()) {
        if (this.#jobs.size <= maxJobs) break;
        this.#jobs.delete(oldest);
      }
      return { ended: false };
    });
  }
}

/** One number is one question: its steps end with what that question answers. */
function stepsAs<T>(steps: Steps<unknown>): Steps<T>;
function stepsAs(steps: unknown): unknown {
  return steps;
}
