import type { Nanos } from './time.ts';

/**
 * How good the evidence of a sighting is (semantics, "Facts first"): own `process_exec` 4, own other
 * event's `process` 3, embedded `parent` or `ancestors[]` 2, inferred from an id alone 1. The higher wins
 * per field; absent never overwrites.
 */
export type Rank = 1 | 2 | 3 | 4;

/** A pod as one record names it. `uid` only where the agent gives it. */
export interface PodSighting {
  readonly namespace: string;
  readonly name: string;
  readonly uid?: string;
  readonly workload?: string;
  readonly workloadKind?: string;
  /** `key=value`, sorted by key; both dialects of labels end here. */
  readonly labels?: readonly string[];
}

/** A container as one record names it. `id` keeps the runtime's scheme (`containerd://…`). */
export interface ContainerSighting {
  readonly id: string;
  readonly name?: string;
  readonly imageId?: string;
  readonly imageName?: string;
  /** The kubelet's start of the container, whole seconds. */
  readonly startTime?: Nanos;
  readonly privileged?: boolean;
}

/** Everything one record says of one process. Every field but `id` may be missing (D37). */
export interface Sighting {
  readonly rank: Rank;
  /** The dialect's identity text (Tetragon's exec_id). Opaque, compared byte for byte. */
  readonly id: string;
  readonly parentId?: string;
  /** In the host's pid namespace. */
  readonly pid?: number;
  /** In the container's pid namespace. */
  readonly nsPid?: number;
  readonly uid?: number;
  /** The login uid; 4294967295 means unset and is kept as it is. */
  readonly auid?: number;
  readonly user?: string;
  readonly cwd?: string;
  readonly binary?: string;
  /** One string, as the agent printed it: argument boundaries are lossy (D30) and never re-split. */
  readonly arguments?: string;
  /** The agent's own flag words, for display. */
  readonly flags?: string;
  readonly startTime?: Nanos;
  /** Nanoseconds since the node's boot, from the id. Undefined when 0 or not derivable. */
  readonly ktime?: bigint;
  /** Bits of `Trait`. */
  readonly traits: number;
  readonly pod?: PodSighting;
  readonly container?: ContainerSighting;
  /** The agent's truncated container id (12 to 31 hex digits): a prefix of the container's id. */
  readonly docker?: string;
  /** Effective capabilities as the agent names them, space separated. */
  readonly capabilities?: string;
}
