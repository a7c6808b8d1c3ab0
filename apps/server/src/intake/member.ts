/** What holds bytes: a compression holds one file, an archive holds many. */
export type LayerKind = 'gzip' | 'zstd' | 'tar' | 'zip';

/**
 * One log file found in the bytes as received, with its content decompressed.
 *
 * A compressed file that is corrupt in its middle and readable again behind the hole gives several members with the
 * same path and `part` 1, 2, ...: inside one member the bytes are contiguous, so a record never spans a hole.
 */
export interface Member {
  /** Last element of `path`. */
  readonly name: string;
  /**
   * From the upload down: `['logs.tar.gz', 'tetragon/tetragon.log.gz']`. Every element is text an attacker may have
   * chosen: data to show, never a path to open.
   */
  readonly path: readonly string[];
  /** The layers that were opened to reach it, outermost first; empty for a plain file. */
  readonly layers: readonly LayerKind[];
  /** From 1. */
  readonly part: number;
  /**
   * Where in the file `chunks` begin: behind the end of a record that the file before it in the rotation began, which
   * that one gives as its last bytes; else 0.
   */
  readonly startsAt: number;
  /**
   * The content, in chunks of up to about 256 KiB; single use. Read it before asking for the next member: a member
   * left behind is closed. Throws only what the source threw and the signal's reason; damage ends it early instead.
   */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** What is wrong with this member; complete once `chunks` has ended. */
  damage(): readonly Damage[];
}

export type DamageKind =
  /** The bytes end inside a structure; what was decodable before is delivered. */
  | 'truncated'
  /** Bytes behind the last complete structure that are neither zero nor another one; not delivered. */
  | 'trailing_garbage'
  /** The same between two structures; not delivered. */
  | 'garbage'
  /** A structure that cannot be decoded from this offset on; what came before is delivered. */
  | 'corrupt'
  /** Decoded to its end and delivered, but its checksum or length says otherwise. */
  | 'checksum_mismatch'
  /** A limit on decompressed bytes or on the ratio was reached; nothing further is read. */
  | 'bomb'
  /** An archive has more entries than allowed; the first ones are read. */
  | 'too_many_entries'
  /** The archive needs more temporary disk than allowed or present; what fitted is read. */
  | 'spool_full';

export interface Damage {
  readonly kind: DamageKind;
  readonly layer: LayerKind;
  readonly path: readonly string[];
  readonly part: number;
  /** Offset in the bytes of that layer (of the upload, or of the archive's entry), from 0. */
  readonly compressedOffset: number;
  /** A sentence fragment for people: states facts, gives numbers. */
  readonly reason: string;
}

export type SkipReason =
  | 'directory'
  | 'link'
  | 'device'
  | 'apple_metadata'
  | 'encrypted'
  | 'sparse'
  | 'unsupported_compression'
  | 'unsupported_entry'
  | 'too_deep';

/** Something in the bytes that is not a log file or cannot be opened. */
export interface Skipped {
  readonly path: readonly string[];
  readonly reason: SkipReason;
  readonly detail: string;
}

export interface IntakeOptions {
  /** What the sender calls the upload; becomes the first element of every path. */
  readonly name: string;
  /** Existing directory for temporary files; they carry random names and are gone afterwards. */
  readonly spoolDir: string;
  readonly signal?: AbortSignal;
  /** The source's chunks are given away: nobody reads them again. Of a plain log they are then freed as soon as read. */
  readonly ownsChunks?: boolean;
  /** Limit for the bytes that one depth of decompression may give. Default 20 GiB. */
  readonly maxBytes?: number;
  /** Decompressed : received, checked after the first 64 MiB. Default 200. */
  readonly maxRatio?: number;
  /** Entries of all archives together. Default 10,000. */
  readonly maxEntries?: number;
  /** Temporary bytes on disk at one time. Default 20 GiB. */
  readonly maxSpoolBytes?: number;
}

/** Members in rotation order, oldest first; iterate once. */
export interface Intake extends AsyncIterable<Member> {
  /** Everything found damaged so far, of members and of archives. At most 10,000 are listed. */
  damage(): readonly Damage[];
  /** Everything passed over so far. At most 10,000 are listed. */
  skipped(): readonly Skipped[];
  /** How many of both did not fit the lists. */
  unlisted(): number;
}
