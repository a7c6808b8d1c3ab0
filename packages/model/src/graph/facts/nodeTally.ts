import type { NodeFact } from '../../event/facts.ts';
import { LabelCounts } from '../../event/labelCounts.ts';
import type { Nanos } from '../../event/time.ts';
import { earlier, later } from '../order.ts';
import { BootSeconds } from './bootSeconds.ts';

/** Counts what one node reports while batches come in; `fact()` is the sum so far. */
export class NodeTally {
  readonly #cluster: string;
  readonly #node: string;
  readonly #kinds = new LabelCounts();
  readonly #boots = new BootSeconds();
  #first: Nanos | undefined;
  #last: Nanos | undefined;

  constructor(cluster: string, node: string) {
    this.#cluster = cluster;
    this.#node = node;
  }

  addEvent(label: string, time: Nanos | undefined): void {
    this.#kinds.add(label);
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
      kinds: this.#kinds.map(),
      bootSeconds: this.#boots.list(),
      ...(this.#first === undefined ? {} : { firstTime: this.#first }),
      ...(this.#last === undefined ? {} : { lastTime: this.#last }),
    };
  }
}
