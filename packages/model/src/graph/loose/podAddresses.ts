import type { FlowFact, SocketFact } from '../../event/facts.ts';
import { isLoopback, isUnspecified, readAddress } from '../network/address.ts';

/** Which pod has an address: one pod, or none that is sure. Hosts and addresses that several pods had give nothing. */
export class PodAddresses {
  /** -1: several. */
  readonly #pods = new Map<string, number>();

  /** The address is one of the pod's; undefined: it is somebody's who is in no pod. */
  learn(cluster: string, address: string, pod: number | undefined): void {
    const { text, family } = readAddress(address);
    if (family === 0 || isLocal(address)) return;
    for (const key of [`${cluster}\0${text}`, `\0${text}`]) {
      const known = this.#pods.get(key);
      this.#pods.set(key, known === undefined || known === pod ? (pod ?? -1) : -1);
    }
  }

  /** `cluster` empty: not told. */
  podOf(cluster: string, address: string): number | undefined {
    const pod = this.#pods.get(`${cluster}\0${readAddress(address).text}`) ?? -1;
    return pod < 0 ? undefined : pod;
  }
}

function isLocal(text: string): boolean {
  const address = readAddress(text);
  return isLoopback(address) || isUnspecified(address);
}

/** The end of a socket's event that is surely its own process's; undefined: not sure. */
export function ownAddressOf({ kind, sourceIp }: SocketFact): string | undefined {
  return kind === 'connect' || kind === 'listen' ? sourceIp : undefined;
}

/** Where a flow's pods have their addresses. */
export function* flowEnds(flow: FlowFact): Iterable<{
  readonly namespace: string;
  readonly name: string;
  readonly address: string;
}> {
  const { sourcePod, destinationPod, sourceIp, destinationIp } = flow;
  if (sourcePod !== undefined) yield { ...sourcePod, address: sourceIp };
  if (destinationPod !== undefined) yield { ...destinationPod, address: destinationIp };
}
