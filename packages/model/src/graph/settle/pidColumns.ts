import type { Dialect } from '../../event/dialects.ts';
import type { Place } from '../identity/places.ts';
import { compareText } from '../order.ts';
import { bestOf, type SpelledGroup, type SpelledProcess } from './spelledGroup.ts';

/** What one agent says of one pid of one node, over all lives that had the pid. */
export interface PidColumn {
  readonly dialect: Dialect;
  readonly place: Place;
  /** Undefined: one life that its mark alone tells. */
  readonly pid: number | undefined;
  readonly groups: readonly SpelledGroup<SpelledProcess>[];
}

/** Columns in the order of their keys. A group without a pid stands with the others of its mark. */
export function pidColumnsOf(groups: readonly SpelledGroup<SpelledProcess>[]): PidColumn[] {
  const pidByMark = new Map<string, number>();
  for (const group of groups) {
    const pid = ownPidOf(group);
    if (group.spelled.mark === '' || pid === undefined) continue;
    const key = markKey(group);
    pidByMark.set(key, Math.max(pid, pidByMark.get(key) ?? 0));
  }
  const columns = new Map<
    string,
    PidColumn & { readonly groups: SpelledGroup<SpelledProcess>[] }
  >();
  for (const group of groups) {
    const { spelled, place } = group;
    const pid =
      spelled.mark === '' ? ownPidOf(group) : (pidByMark.get(markKey(group)) ?? ownPidOf(group));
    const who = pid === undefined ? `m${spelled.mark}` : `p${pid}`;
    const key = `${spelled.dialect}\0${place.cluster}\0${place.node}\0${who}`;
    const known = columns.get(key);
    if (known === undefined) {
      columns.set(key, { dialect: spelled.dialect, place, pid, groups: [group] });
    } else known.groups.push(group);
  }
  return [...columns].sort(([a], [b]) => compareText(a, b)).map(([, column]) => column);
}

function ownPidOf({ spelled, faces }: SpelledGroup<SpelledProcess>): number | undefined {
  return spelled.pid ?? bestOf(faces, 'pid');
}

function markKey({ spelled, place }: SpelledGroup<SpelledProcess>): string {
  return `${spelled.dialect}\0${place.cluster}\0${place.node}\0${spelled.pid ?? ''}\0${spelled.mark}`;
}
