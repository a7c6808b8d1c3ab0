import type { AskedTurn, Turn } from '../sqlite/read/turns.ts';

/** Comes back to a long question until it has ended. */
export function toTheEnd<T>(ask: (turn: AskedTurn) => Turn<T>): T {
  for (;;) {
    const turn = ask({ key: '1', isEnough: false });
    if (turn.ended) return turn.value;
  }
}
