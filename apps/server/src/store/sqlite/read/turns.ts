import type { Steps } from '../../steps.ts';
import type { CaseDb } from './caseDb.ts';

/** A question that is come back to. */
export interface AskedTurn {
  /** Names the question: whoever says the same goes on with it. */
  readonly key: string;
  /** Whoever asks has waited enough: the answer so far will do. */
  readonly isEnough: boolean;
}

/** What a long question has come to: not ended yet, with the answer so far when that will do, or its answer. */
export type Turn<T> =
  | { readonly ended: false; readonly soFar: T | undefined }
  | { readonly ended: true; readonly value: T };

interface Job {
  readonly facts: string;
  readonly steps: Steps<unknown>;
  readonly restarts: number;
}

/** Questions in the making at once; of one more the oldest is begun anew when it is come back to. */
const maxJobs = 32;
/** Questions of which it is remembered how often they were begun anew: a number each. */
const maxRemembered = 4_096;
/** A question that was begun anew so often, for new facts or for want of room, is answered at a stretch. */
const maxRestarts = 2;

/**
 * Long questions in steps: between two of them the thread answers others, and no snapshot lasts longer than one. All steps
 * of an answer see the same facts: when these have changed it is begun anew.
 */
export class Turns {
  readonly #db: Pick<CaseDb, 'facts' | 'snapshot'>;
  readonly #jobs = new Map<string, Job>();
  /** Of questions that made room: how often they were begun anew, the next time included. */
  readonly #restarts = new Map<string, number>();

  constructor(db: Pick<CaseDb, 'facts' | 'snapshot'>) {
    this.#db = db;
  }

  /** Takes one question a step further. `begin` makes its steps anew, for the running snapshot. */
  next<T>({ key, isEnough }: AskedTurn, begin: () => Steps<T>): Turn<T> {
    return this.#db.snapshot(() => {
      const { facts } = this.#db;
      const job = this.#jobs.get(key);
      const isCurrent = job?.facts === facts;
      const restarts =
        job === undefined ? (this.#restarts.get(key) ?? 0) : job.restarts + Number(!isCurrent);
      const steps = isCurrent ? stepsAs<T>(job.steps) : begin();
      this.#jobs.delete(key);
      this.#restarts.delete(key);
      let step = steps.next();
      while (step.done !== true && restarts > maxRestarts) step = steps.next();
      if (step.done === true) return { ended: true, value: step.value };
      this.#jobs.set(key, { facts, steps, restarts });
      this.#makeRoom();
      return { ended: false, soFar: isEnough ? step.value?.() : undefined };
    });
  }

  #makeRoom(): void {
    for (const [oldest, { restarts }] of this.#jobs) {
      if (this.#jobs.size <= maxJobs) break;
      this.#jobs.delete(oldest);
      this.#restarts.set(oldest, restarts + 1);
    }
    for (const oldest of this.#restarts.keys()) {
      if (this.#restarts.size <= maxRemembered) break;
      this.#restarts.delete(oldest);
    }
  }
}

/** One key is one question: its steps end with what that question answers. */
function stepsAs<T>(steps: Steps<unknown>): Steps<T>;
function stepsAs(steps: unknown): unknown {
  return steps;
}
