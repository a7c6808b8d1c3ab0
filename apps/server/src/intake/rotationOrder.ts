/** How a rotated file is told from the current one, and what orders it: `rank` first, then `key`. */
interface Place {
  /** The current file's name with its directory, without compression suffix. */
  readonly stem: string;
  /** 0 = dated, oldest first; 1 = numbered, highest first; 2 = the current file. */
  readonly rank: 0 | 1 | 2;
  readonly key: string;
}

const COMPRESSED = /\.(?:gz|gzip|zst|zstd)$/i;
/** lumberjack, as Tetragon rotates: `tetragon-2026-11-20T18-30-00.000.log` (formats.md 1.7). */
const LUMBERJACK = /-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(?:\.\d{1,9})?)(\.[^./]{1,16})?$/;
/** logrotate's dateext, and the kubelet's `0.log.20261120-183000`. */
const DATED = /[-.](\d{4}-?\d\d-?\d\d(?:[-T.]?\d{2,10})?)(\.[a-z]{1,10})?$/i;
/** logrotate's numbers: `tetragon.log.2`, and with its `extension` directive `tetragon.2.log`. */
const NUMBERED = /\.(\d{1,5})(\.(?:log|json|jsonl|ndjson|txt))?$/i;
const HIGHEST = 99_999;
/** Longer names take part by their end: patterns must not be run over megabytes. */
const NAME_LIMIT = 4096;

/**
 * Orders the files of rotated logs so that events come in the order of writing: per log the dated backups by date,
 * the numbered ones from the highest down, the current file last. Different logs follow one another by name; equal
 * names keep their order. Names with and without `.gz` or `.zst` are compared alike.
 */
export function rotationOrder(names: readonly string[]): string[] {
  return sortByRotation(names, (name) => name);
}

/** `rotationOrder` for things that have a name. */
export function sortByRotation<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, place: placeOf(nameOf(item)) }))
    .sort((a, b) => comparePlaces(a.place, b.place))
    .map(({ item }) => item);
}

/**
 * Whether the second file goes on where the first one was rotated away: two dated backups in order, two numbered ones
 * with nothing between, the last backup and the current file. Of dated backups nobody can tell whether one is missing.
 */
export function continuesRotation(earlier: string, later: string): boolean {
  const [a, b] = [placeOf(earlier), placeOf(later)];
  if (a.stem !== b.stem || comparePlaces(a, b) >= 0) return false;
  if (a.rank === 0) return b.rank !== 1;
  const number = numberOf(a);
  return b.rank === 1 ? number - numberOf(b) === 1 : number <= 1;
}

function placeOf(name: string): Place {
  const bare = name.slice(-NAME_LIMIT).replace(COMPRESSED, '');
  for (const pattern of [LUMBERJACK, DATED]) {
    const match = pattern.exec(bare);
    // Without a name before the mark the digits are the name.
    if (match === null || !hasName(bare, match.index)) continue;
    return { stem: stemOf(bare, match), rank: 0, key: (match[1] ?? '').replaceAll(/[-T.]/g, '') };
  }
  const match = NUMBERED.exec(bare);
  if (match !== null && hasName(bare, match.index)) {
    const key = String(HIGHEST - Number(match[1])).padStart(5, '0');
    return { stem: stemOf(bare, match), rank: 1, key };
  }
  return { stem: bare, rank: 2, key: '' };
}

/** Of a numbered file. */
function numberOf({ key }: Place): number {
  return HIGHEST - Number(key);
}

function stemOf(bare: string, match: RegExpExecArray): string {
  return bare.slice(0, match.index) + (match[2] ?? '');
}

function hasName(bare: string, index: number): boolean {
  return index > 0 && bare[index - 1] !== '/';
}

function comparePlaces(a: Place, b: Place): number {
  return compare(a.stem, b.stem) || a.rank - b.rank || compare(a.key, b.key);
}

/** By code unit, not by locale: the same files must be in the same order on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
