import type { Nanos } from '../../event/time.ts';
import { containerNameKeys } from '../containment/containerName.ts';
import type { Containment } from '../containment/containment.ts';
import type { NoveltyReason } from './noveltyReason.ts';
import { PairNumbers } from './pairNumbers.ts';
import { workloadOf } from './workload.ts';

/** Numbers commands: which binary started which binary with which template, and whether it was put in from outside. */
export class Runs {
  readonly #pairs = new PairNumbers();
  readonly #runs = new PairNumbers();

  idOf(parentBinary: number, binary: number, template: number, injected: boolean): number {
    const pair = this.#pairs.idOf(parentBinary, binary);
    return this.#runs.idOf(pair, template) * 2 + (injected ? 1 : 0);
  }
}

/** The earliest starts of a command in two different pods: enough to answer "in another pod, before". */
interface Earliest {
  pod: number;
  start: Nanos;
  second: { pod: number; start: Nanos } | undefined;
}

/** Commands seen in time: per container name of a pod, and per container name of a workload's other pods. */
export class SeenCommands {
  readonly #podOf: Int32Array;
  /** By enclosure; -1: its pod has no workload. */
  readonly #nameOf: Int32Array;
  readonly #workloadOf: Int32Array;
  readonly #byContainer = new PairNumbers();
  readonly #byWorkload = new PairNumbers();
  /** By the numbers of `#byWorkload`. */
  readonly #earliest: Earliest[] = [];

  constructor(containment: Containment) {
    const { enclosures, pods } = containment;
    const names = new Map<string, number>();
    const workloads = new Map<string, number>();
    const texts = pods.map(({ fact, cluster }) => {
      const workload = workloadOf(fact);
      return workload === undefined ? '' : `${cluster}\0${fact.namespace}\0${workload}`;
    });
    this.#nameOf = Int32Array.from(containerNameKeys(containment), (key) => numberOf(names, key));
    this.#podOf = Int32Array.from(enclosures, ({ pod }) => pod);
    this.#workloadOf = Int32Array.from(enclosures, ({ pod, fact }) => {
      const workload = texts[pod] ?? '';
      return workload === '' ? -1 : numberOf(workloads, `${workload}\0${fact.name}`);
    });
  }

  /** `at`: the enclosure. `command`: a number of `Runs`. */
  add(at: number, command: number, start: Nanos | undefined): void {
    this.#byContainer.idOf(this.#nameOf[at] ?? 0, command);
    const workload = this.#workloadOf[at] ?? -1;
    if (workload < 0 || start === undefined) return;
    const pod = this.#podOf[at] ?? -1;
    const number = this.#byWorkload.idOf(workload, command);
    const known = this.#earliest[number];
    if (known === undefined) this.#earliest.push({ pod, start, second: undefined });
    else note(known, pod, start);
  }

  find(at: number, command: number, start: Nanos | undefined): NoveltyReason {
    if (this.#byContainer.find(this.#nameOf[at] ?? 0, command) >= 0) return 'seen_in_container';
    const workload = this.#workloadOf[at] ?? -1;
    if (workload < 0 || start === undefined) return 'not_seen';
    const known = this.#earliest[this.#byWorkload.find(workload, command)];
    const other = known?.pod === this.#podOf[at] ? known?.second : known;
    return other !== undefined && other.start < start ? 'seen_in_workload' : 'not_seen';
  }
}

function note(known: Earliest, pod: number, start: Nanos): void {
  if (pod === known.pod) {
    if (start < known.start) known.start = start;
    return;
  }
  if (isBefore(start, pod, known.start, known.pod)) {
    known.second = { pod: known.pod, start: known.start };
    known.pod = pod;
    known.start = start;
    return;
  }
  const { second } = known;
  if (second === undefined || isBefore(start, pod, second.start, second.pod)) {
    known.second = { pod, start };
  }
}

function isBefore(start: Nanos, pod: number, other: Nanos, otherPod: number): boolean {
  return start < other || (start === other && pod < otherPod);
}

function numberOf(ids: Map<string, number>, key: string): number {
  let id = ids.get(key);
  if (id === undefined) {
    id = ids.size;
    ids.set(key, id);
  }
  return id;
}
