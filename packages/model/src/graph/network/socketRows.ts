import type { SocketFact } from '../../event/facts.ts';
import type { JudgedSocket, NetworkInput } from '../networkContract.ts';
import type { AddressBook } from './address.ts';

/**
 * The socket facts as columns of numbers, one row per fact whose process is known. A million facts are grouped and
 * compared by these; texts are touched once. Ids depend on the order of the facts and must never decide a tie.
 */
export interface SocketRows {
  readonly count: number;
  readonly facts: readonly JudgedSocket[];
  readonly process: Int32Array;
  /** Ids of the address book. */
  readonly source: Int32Array;
  readonly destination: Int32Array;
  readonly sourcePort: Uint16Array;
  readonly destinationPort: Uint16Array;
}

/** Resolves every fact's process and addresses. Facts of no known process are left out. */
export function readSocketRows(input: NetworkInput, book: AddressBook): SocketRows {
  const total = input.sockets.length;
  const process = new Int32Array(total);
  const source = new Int32Array(total);
  const destination = new Int32Array(total);
  const sourcePort = new Uint16Array(total);
  const destinationPort = new Uint16Array(total);
  const facts: JudgedSocket[] = [];
  for (const fact of input.sockets) {
    const owner = input.resolve(fact.process, fact.time);
    if (owner === undefined || input.processes[owner] === undefined) continue;
    const row = facts.length;
    // An agent that prints a listener under `destination` means its own end all the same.
    const listensAtDestination =
      fact.kind === 'listen' && fact.sourceIp === '' && fact.sourcePort === 0;
    process[row] = owner;
    source[row] = book.idOf(listensAtDestination ? fact.destinationIp : fact.sourceIp);
    destination[row] = book.idOf(listensAtDestination ? '' : fact.destinationIp);
    sourcePort[row] = portOf(listensAtDestination ? fact.destinationPort : fact.sourcePort);
    destinationPort[row] = portOf(listensAtDestination ? 0 : fact.destinationPort);
    facts.push(fact);
  }
  return { count: facts.length, facts, process, source, destination, sourcePort, destinationPort };
}

function portOf(port: number): number {
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : 0;
}

/** Upper case; empty when the record does not say. */
export function protocolOf(fact: SocketFact): string {
  return fact.protocol.toUpperCase();
}
