/** Asks again and again, as things move, without ever being most of what is going on. */
export interface Pacer {
  /** Something moved: it will be asked for. */
  moved(): void;
  /** Nothing is asked for any more. */
  stop(): void;
}

/**
 * @param ask resolves when it is answered
 * @param least milliseconds from a move to the first question, and at least between questions
 * @param patience how many times as long as an answer took nothing is asked after it
 */
export function createPacer(ask: () => Promise<void>, least: number, patience: number): Pacer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = least;
  let isAsking = false;
  let hasMoved = false;
  let isOver = false;

  async function askOnce(): Promise<void> {
    timer = undefined;
    hasMoved = false;
    isAsking = true;
    const asked = performance.now();
    try {
      await ask();
    } finally {
      isAsking = false;
      pause = Math.max(least, (performance.now() - asked) * patience);
    }
    if (hasMoved) moved();
  }

  function moved(): void {
    hasMoved = true;
    if (!isOver && !isAsking) timer ??= setTimeout(() => void askOnce(), pause);
  }

  return {
    moved,
    stop() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
