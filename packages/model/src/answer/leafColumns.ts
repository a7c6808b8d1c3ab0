import type { Derived, Leaf } from '../graph/derived.ts';
import type { TreeColumns } from '../wire/tree.ts';
import { podNameOf, podText } from './context.ts';
import type { Dictionary } from './dictionary.ts';
import { microsOf } from './timeText.ts';

type Columns = TreeColumns['connections'];

/** The connections of a tree's processes, row by row. */
export class LeafColumns {
  readonly #derived: Derived;
  readonly #strings: Dictionary;
  readonly columns: Columns = emptyColumns();

  constructor(derived: Derived, strings: Dictionary) {
    this.#derived = derived;
    this.#strings = strings;
  }

  /** Adds a leaf of the process in `row`. */
  push(leaf: Leaf, row: number): void {
    const strings = this.#strings;
    const { columns } = this;
    columns.count += 1;
    columns.process.push(row);
    columns.direction.push(leaf.direction);
    columns.protocol.push(strings.indexOf(leaf.protocol));
    columns.name.push(strings.indexOf(leaf.name ?? ''));
    columns.nameEvidence.push(strings.indexOf(leaf.nameEvidence));
    columns.nameDetail.push(strings.indexOf(leaf.nameDetail));
    columns.ip.push(strings.indexOf(leaf.ip));
    columns.port.push(leaf.port);
    columns.scope.push(leaf.scope);
    columns.randomName.push(leaf.randomName ? 1 : 0);
    columns.times.push(leaf.count);
    columns.firstSeenUs.push(microsOf(leaf.firstSeen));
    columns.lastSeenUs.push(microsOf(leaf.lastSeen));
    columns.bytesSent.push(leaf.bytesSent?.toString() ?? null);
    columns.bytesReceived.push(leaf.bytesReceived?.toString() ?? null);
    columns.verdict.push(strings.indexOf(leaf.verdict));
    columns.verdictReason.push(strings.indexOf(leaf.verdictReason));
    this.#pushPeer(leaf);
  }

  #pushPeer({ peer, peers }: Leaf): void {
    const { columns } = this;
    const process = peer === undefined ? undefined : this.#derived.processes[peer];
    const pod = process === undefined ? undefined : podNameOf(this.#derived, process);
    columns.peer.push(process?.ref ?? null);
    columns.peerPod.push(this.#strings.indexOf(podText(pod)));
    columns.peerConfidence.push(peers[0]?.confidence ?? null);
    columns.peers.push(peers.length);
  }
}

function emptyColumns(): Columns {
  return {
    count: 0,
    process: [],
    direction: [],
    protocol: [],
    name: [],
    nameEvidence: [],
    nameDetail: [],
    ip: [],
    port: [],
    scope: [],
    randomName: [],
    times: [],
    firstSeenUs: [],
    lastSeenUs: [],
    bytesSent: [],
    bytesReceived: [],
    verdict: [],
    verdictReason: [],
    peer: [],
    peerPod: [],
    peerConfidence: [],
    peers: [],
  };
}
