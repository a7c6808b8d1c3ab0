import type { Nanos } from '../event/time.ts';
import type { Derived, DerivedLoose } from '../graph/derived.ts';
import type { TreeColumns } from '../wire/tree.ts';
import { maxSeverityOf, toldAlerts } from './toldAlerts.ts';
import { wireConnection, wireLookup } from './treeNode.ts';

/** Whose tree it is: a pod's (its index in `derived.pods`), or a node's; and to which times it was cut. */
export interface TreeScope {
  readonly podIndex: number | undefined;
  readonly pod: { readonly cluster: string; readonly node: string };
  readonly range?: { readonly from?: Nanos | undefined; readonly to?: Nanos | undefined };
}

/** Of each list the first so many. */
const most = 200;

/** Where things happened to a pod, or to a node outside of its pods, and to no process that is known. */
export function loosePlacesOf(
  { loose }: Pick<Derived, 'loose'>,
  { podIndex, pod }: TreeScope,
): readonly DerivedLoose[] {
  if (podIndex !== undefined) return loose.filter((place) => place.pod === podIndex);
  return loose.filter((place) => place.pod === undefined && isOnNode(place, pod.cluster, pod.node));
}

/** Whether a place without a pod is on a node: one of which nobody says where it is is on none. */
export function isOnNode(place: DerivedLoose, cluster: string, node: string): boolean {
  return place.node !== '' && place.node === node && place.cluster === cluster;
}

/** What happened there, as far as it lies in the tree's range of time. */
export function treeLoose(derived: Derived, selection: TreeScope): TreeColumns['loose'] {
  const places = loosePlacesOf(derived, selection);
  const { from, to } = selection.range ?? {};
  const lies = (first: bigint | undefined, last: bigint | undefined): boolean =>
    (to === undefined || first === undefined || first < to) &&
    (from === undefined || last === undefined || last >= from);
  const connections = places.flatMap((place) =>
    place.connections.filter(({ firstSeen, lastSeen }) => lies(firstSeen, lastSeen)),
  );
  const lookups = places.flatMap((place) => place.lookups);
  const alerts = places.flatMap((place) => place.alerts.filter(({ time }) => lies(time, time)));
  return {
    connections: connections.slice(0, most).map((leaf) => wireConnection(derived, leaf)),
    connectionCount: connections.length,
    lookups: lookups.slice(0, most).map(wireLookup),
    lookupCount: lookups.length,
    alerts: toldAlerts(alerts, most),
    alertCount: alerts.length,
    maxSeverity: maxSeverityOf(alerts) ?? null,
  };
}
