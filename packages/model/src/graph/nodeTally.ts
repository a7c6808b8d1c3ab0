import type { NodeFact } from '../event/facts.ts';
import type { Nanos } from '../event/time.ts';
import { BootSeconds } from './bootSeconds.ts';
import { compareText, earlier, later } from './order.ts';

/** Counts what one node reports while batches come in; `fact()` is the sum so far. */
export class NodeTally {
  readonly #cluster: string;
  readonly #node: string;
  readonly #kinds = new Map<string, number>();
  readonly #boots = new BootSeconds();
  #first: Nanos | undefined;
  #last: Nanos | undefined;

  constructor(cluster: string, node: string) {
    this.#cluster = cluster;
    this.#node = node;
  }

  addEvent(label: string, time: Nanos | undefined): void {
    this.#kinds.set(label, (this.#kinds.get(label) ?? 0) + 1);
    this.#first = earlier(this.#first, time);
    this.#last = later(this.#last, time);
  }

  addBootSecond(second: number): void {
    this.#boots.add(second);
  }

  fact(): NodeFact {
    return {
      cluster: this.#cluster,
      node: this.#node,
      kinds: new Map([...this.#kinds].sort(([a], [b]) => compareText(a, b))),
      bootSeconds: this.#boots.list(),
      ...(this.#first === undefined ? {} : { firstTime: this.#first }),
      ...(this.#last === undefined ? {} : { lastTime: this.#last }),
    };
  }
}
