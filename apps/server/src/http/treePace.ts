import { parsePodKey } from '@forebear/model/event/facts';
import type { Change } from '../store/ports.ts';

/** What else may move a pod's tree (a host's ancestors, names, far ends of connections) is looked for every so many ticks: 5 s. */
export const slowTicks = 20;

/**
 * When to derive an open pod's tree again: at the next tick after a commit that touches the pod or may touch any, and now
 * and then while others move. `version`: of the facts that the client has.
 */
export class TreePace {
  readonly #watched: { readonly namespace: string; readonly pod: string };
  #askedVersion: number;
  #isTouched = false;
  #ticks = slowTicks;

  constructor(watched: { readonly namespace: string; readonly pod: string }, version: number) {
    this.#watched = watched;
    this.#askedVersion = version;
  }

  note({ pods }: Pick<Change, 'pods'>): void {
    this.#isTouched ||= pods === undefined || pods.some((key) => this.#isWatched(key));
  }

  /** Once a tick: whether to ask now. `canAsk`: nothing that was asked is still under way, and the client keeps up. */
  tick(version: number, canAsk: boolean): boolean {
    this.#ticks += 1;
    const isDue = this.#isTouched || this.#ticks >= slowTicks;
    if (!canAsk || !isDue || version <= this.#askedVersion) return false;
    this.#askedVersion = version;
    this.#isTouched = false;
    this.#ticks = 0;
    return true;
  }

  /** By name alone: a pod of that name in another cluster is asked for once too often. */
  #isWatched(key: string): boolean {
    const { namespace, name } = parsePodKey(key);
    return namespace === this.#watched.namespace && name === this.#watched.pod;
  }
}
