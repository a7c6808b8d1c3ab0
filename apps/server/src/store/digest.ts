import { hash } from 'node:crypto';
import type { Part } from '@forebear/model/answer/part';
import { canonicalPrint } from '@forebear/model/graph/canonicalText';
import type { Derived, DerivedProcess } from '@forebear/model/graph/derived';

const modulus = 2n ** 256n;

/**
 * One hash of everything derived: equal for equal sets of facts, however they came in and whatever the parts they were
 * derived in. Each process, pod and hop is a line that names others by what they are, not by where they stand; the digest
 * is the sum of the lines' sha256.
 */
export class Digest {
  #sum = 0n;
  #processes = 0;

  /** Processes of the parts so far. */
  get processes(): number {
    return this.#processes;
  }

  add(part: Part): void {
    for (const line of linesOf(part)) this.#sum += BigInt(`0x${hash('sha256', line)}`);
    for (const index of part.derived.processes.keys())
      if (part.ownsProcess(index)) this.#processes += 1;
    this.#sum %= modulus;
  }

  /** 64 hexadecimal digits. */
  text(): string {
    return this.#sum.toString(16).padStart(64, '0');
  }
}

function* linesOf({ derived, ownsProcess, ownsPod }: Part): Iterable<string> {
  for (const [index, process] of derived.processes.entries())
    if (ownsProcess(index)) yield `process ${canonicalPrint(namedProcess(derived, process))}`;
  for (const [index, pod] of derived.pods.entries()) {
    if (!ownsPod(index)) continue;
    yield `pod ${canonicalPrint(pod)}`;
  }
  for (const [index, { pod }] of derived.containers.entries())
    if (pod >= 0 && ownsPod(pod))
      yield `container ${canonicalPrint(namedContainer(derived, index))}`;
  for (const hop of derived.hops) {
    if (!ownsProcess(hop.from)) continue;
    const named = { ...hop, from: refOf(derived, hop.from), to: refOf(derived, hop.to) };
    yield `hop ${canonicalPrint(named)}`;
  }
}

/** A process with refs and names in place of indexes. */
function namedProcess(derived: Derived, process: DerivedProcess) {
  const { pod, container, parent, connections } = process;
  return {
    ...process,
    parent: refOf(derived, parent),
    pod: pod === undefined ? undefined : derived.pods[pod],
    container: container === undefined ? undefined : namedContainer(derived, container),
    connections: connections.map((leaf) => ({
      ...leaf,
      peer: refOf(derived, leaf.peer ?? -1),
      peers: leaf.peers.map((peer) => ({ ...peer, process: refOf(derived, peer.process) })),
    })),
  };
}

function namedContainer(derived: Derived, index: number) {
  const container = derived.containers[index];
  if (container === undefined) return undefined;
  const { pod, main } = container;
  return { ...container, pod: derived.pods[pod], main: refOf(derived, main ?? -1) };
}

function refOf({ processes }: Derived, index: number): string {
  return processes[index]?.ref ?? '';
}
