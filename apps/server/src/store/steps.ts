/** A long answer in the making: each step looks at no more than one part of the case. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Runs steps to their end. */
export function atAStretch<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
