/**
 * A long answer in the making: each step looks at no more than one part of the case, and says how to tell what the answer
 * is so far; undefined: nothing can be told yet.
 */
export type Steps<T> = Generator<(() => T) | undefined, T, undefined>;

/** Runs steps to their end. */
export function atAStretch<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
