import type { EmittedSightings } from './emittedSightings.ts';
import type { SenseSeed } from './sense.ts';

/**
 * What the builders of one stream note on a process that its decoder hands them again and again, so that meeting it costs
 * no lookup: in a log of many processes each lookup is memory that no cache holds. Any note may be lost at any time.
 */
export interface PackNotes {
  /** The number of the batch among whose strings `idIndex` is the place of the process's id, and so on; 0: none. */
  batch: number;
  idIndex: number;
  nodeIndex: number;
  clusterIndex: number;
  /** What an event's sense begins with. */
  seed: SenseSeed | undefined;
  /** The stream's memory, and the node and cluster, for which the rest and the indexes hold. */
  emitted: EmittedSightings | undefined;
  node: string;
  cluster: string;
  /** The best rank at which the stream holds what is known of it; 0: at none. */
  toldRank: number;
  /** Every trait that the stream holds with it. */
  toldTraits: number;
  /** The stream holds its sighting as a parent, and what is inferred of its own parent. */
  isParentTold: boolean;
}

/** Notes on which nothing stands. */
export function blankNotes(): PackNotes {
  return {
    batch: 0,
    idIndex: 0,
    nodeIndex: 0,
    clusterIndex: 0,
    seed: undefined,
    emitted: undefined,
    node: '',
    cluster: '',
    toldRank: 0,
    toldTraits: 0,
    isParentTold: false,
  };
}
