import type { Nanos } from '../event/time.ts';
import type { Derived, DerivedProcess, Leaf } from '../graph/derived.ts';
import { compareText, earlier, later } from '../graph/order.ts';
import type { DestinationItem } from '../wire/network.ts';
import { podNameOf } from './context.ts';
import { timeTextOf } from './timeText.ts';

/** One caller's leaf towards a destination; parts of several forests add up with `destinationItems`. */
export interface Call {
  readonly leaf: Leaf;
  /** False: no filter asks for it, and it is listed only beside one that is asked for. */
  readonly matched: boolean;
  readonly caller: Omit<
    DestinationItem['processes'][number],
    'firstSeen' | 'connections' | 'bytesSent' | 'bytesReceived'
  >;
}

/** The outbound leaves that `keep` keeps; `matches` says which of them a filter asks for. */
export function callsOf(
  derived: Derived,
  keep: (process: DerivedProcess, leaf: Leaf) => boolean,
  matches: (process: DerivedProcess, leaf: Leaf) => boolean = () => true,
): Call[] {
  const calls: Call[] = [];
  for (const process of derived.processes) {
    for (const leaf of process.connections) {
      if (leaf.direction !== 'outbound' || !keep(process, leaf)) continue;
      const pod = podNameOf(derived, process);
      const container =
        process.container === undefined ? undefined : derived.containers[process.container];
      calls.push({
        leaf,
        matched: matches(process, leaf),
        caller: {
          ref: process.ref,
          namespace: pod?.namespace ?? '',
          pod: pod?.name ?? '',
          binary: process.binary,
          pid: process.pid ?? null,
          container:
            container === undefined
              ? null
              : { id: container.fact.id, name: container.fact.name, docker: process.docker },
          lateNew: process.loud,
        },
      });
    }
  }
  return calls;
}

/**
 * One item per (name, else address; port; protocol) with a call that matched, callers by first call (calls without a
 * time last). Items: external first, then random names, then by first seen.
 */
export function destinationItems(calls: readonly Call[]): DestinationItem[] {
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    const { leaf } = call;
    const key = `${leaf.name ?? `\0${leaf.ip}`}\0${leaf.port}\0${leaf.protocol}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [call]);
    else group.push(call);
  }
  const items: { item: DestinationItem; firstSeen: Nanos | undefined }[] = [];
  for (const group of groups.values()) {
    if (!group.some(({ matched }) => matched)) continue;
    group.sort(byFirstCall);
    const first = group[0];
    if (first === undefined) continue;
    let sent = 0n;
    let received = 0n;
    let connections = 0;
    let firstSeen: Nanos | undefined;
    let lastSeen: Nanos | undefined;
    for (const { leaf } of group) {
      sent += leaf.bytesSent;
      received += leaf.bytesReceived;
      connections += leaf.count;
      firstSeen = earlier(firstSeen, leaf.firstSeen);
      lastSeen = later(lastSeen, leaf.lastSeen);
    }
    items.push({
      firstSeen,
      item: {
        name: first.leaf.name ?? null,
        nameEvidence: first.leaf.nameEvidence,
        ip: first.leaf.ip,
        port: first.leaf.port,
        protocol: first.leaf.protocol,
        scope: first.leaf.scope,
        external: group.some(({ leaf }) => leaf.external),
        randomName: group.some(({ leaf }) => leaf.randomName),
        randomDetail: group.find(({ leaf }) => leaf.randomName)?.leaf.randomDetail ?? '',
        connections,
        bytesSent: sent.toString(),
        bytesReceived: received.toString(),
        firstSeen: timeTextOf(firstSeen),
        lastSeen: timeTextOf(lastSeen),
        processes: group.map(({ caller, leaf }) => ({
          ...caller,
          firstSeen: timeTextOf(leaf.firstSeen),
          connections: leaf.count,
          bytesSent: leaf.bytesSent.toString(),
          bytesReceived: leaf.bytesReceived.toString(),
        })),
      },
    });
  }
  items.sort(
    (a, b) =>
      Number(b.item.external) - Number(a.item.external) ||
      Number(b.item.randomName) - Number(a.item.randomName) ||
      compareTimes(a.firstSeen, b.firstSeen) ||
      compareText(a.item.name ?? a.item.ip, b.item.name ?? b.item.ip) ||
      a.item.port - b.item.port,
  );
  return items.map(({ item }) => item);
}

function byFirstCall(a: Call, b: Call): number {
  return (
    compareTimes(a.leaf.firstSeen, b.leaf.firstSeen) || compareText(a.caller.ref, b.caller.ref)
  );
}

function compareTimes(a: Nanos | undefined, b: Nanos | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
