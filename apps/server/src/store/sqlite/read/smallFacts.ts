import {
  type ContainerFact,
  type GapFact,
  type NodeFact,
  type PodFact,
  podKey,
} from '@forebear/model/event/facts';
import { nodeFactOfRow } from '../layout/nodeRow.ts';
import { containerFactOfRow, podFactOfRow } from '../layout/podRow.ts';
import type { CaseDb } from './caseDb.ts';
import { gapFactOfRow } from './detailFacts.ts';

/** A pod's row. `version`: of the last commit that touched it. */
export interface PodEntry {
  readonly id: number;
  readonly key: string;
  readonly fact: PodFact;
  readonly version: number;
}

/** The facts of which a case has few: they are loaded whole for every version. */
export interface SmallFacts {
  readonly entries: readonly PodEntry[];
  readonly pods: readonly PodFact[];
  /** `podKey` by row. */
  readonly podKeys: ReadonlyMap<number, string>;
  readonly containers: readonly ContainerFact[];
  readonly nodes: readonly NodeFact[];
  readonly gaps: readonly GapFact[];
}

export function loadSmall(db: CaseDb): SmallFacts {
  const entries = db
    .all<Parameters<typeof podFactOfRow>[0] & { readonly version: number }>('SELECT * FROM pods')
    .map((row): PodEntry => {
      const fact = podFactOfRow(row);
      return { id: row.id, key: podKey(fact), fact, version: row.version };
    });
  const podKeys = new Map(entries.map(({ id, key }) => [id, key]));
  return {
    entries,
    podKeys,
    pods: entries.map(({ fact }) => fact),
    containers: db
      .all<Parameters<typeof containerFactOfRow>[0]>('SELECT * FROM containers', [], 'safe')
      .map((row) => containerFactOfRow(row, podKeys)),
    nodes: db
      .all<Parameters<typeof nodeFactOfRow>[0]>('SELECT * FROM nodes', [], 'safe')
      .map(nodeFactOfRow),
    gaps: loadGaps(db),
  };
}

/** Gaps as a set in a fixed order: the same loss told twice is one. */
function loadGaps(db: CaseDb): GapFact[] {
  const gaps = new Map<string, GapFact>();
  for (const row of db.all<Parameters<typeof gapFactOfRow>[0]>('SELECT * FROM gaps', [], 'safe')) {
    const fact = gapFactOfRow(row);
    const { cluster, node, kind, time, count, detail } = fact;
    gaps.set([cluster, node, kind, time, count, detail].join('\0'), fact);
  }
  return [...gaps].sort(([a], [b]) => (a < b ? -1 : Number(a > b))).map(([, fact]) => fact);
}
