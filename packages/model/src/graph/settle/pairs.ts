import type { Dialect } from '../../event/dialects.ts';
import { compareBig, compareText } from '../order.ts';
import type { SettledImage } from './images.ts';
import type { KnownImage, KnownImages } from './knownImages.ts';
import type { PidColumn } from './pidColumns.ts';
import { isSameBinary } from './spelledGroup.ts';

/** The agents whose execs are compared with images of others (semantics, "Several agents, one process"). */
const paired: ReadonlySet<Dialect> = new Set<Dialect>(['falco', 'sysdig', 'kubearmor']);
const NEAR = 1_000_000_000n;

export interface Pair {
  readonly image: SettledImage;
  readonly known: KnownImage;
  /** Between the two starts, in nanoseconds. */
  readonly apart: bigint;
}

/**
 * Which exec of a column is which image of an agent with ids of its own: same pid, same binary, the nearest start within a
 * second, one to one; ties by id. Order of arrival cannot matter.
 */
export function pairsOf(
  column: PidColumn,
  images: readonly SettledImage[],
  known: KnownImages,
): ReadonlyMap<SettledImage, Pair> {
  const { pid, place, dialect } = column;
  const rivals = pid === undefined || !paired.has(dialect) ? [] : known.ofPid(place, pid);
  const pairs = new Map<SettledImage, Pair>();
  if (rivals.length === 0) return pairs;
  const candidates: Pair[] = [];
  for (const image of images) {
    const { time } = image;
    if (!image.isExec || image.isBlocked || time === undefined) continue;
    for (const rival of nearTo(rivals, time)) {
      if (rival.binary === '' || !rival.startReported) continue;
      if (!isSameBinary(rival.binary, image.binary)) continue;
      const apart = rival.start > time ? rival.start - time : time - rival.start;
      candidates.push({ image, known: rival, apart });
    }
  }
  candidates.sort(
    (a, b) =>
      compareBig(a.apart, b.apart) ||
      compareText(a.known.id, b.known.id) ||
      compareText(a.image.head.id, b.image.head.id),
  );
  const taken = new Set<KnownImage>();
  for (const pair of candidates) {
    if (pairs.has(pair.image) || taken.has(pair.known)) continue;
    pairs.set(pair.image, pair);
    taken.add(pair.known);
  }
  return pairs;
}

/** Those that start within a second of the time. */
function* nearTo(images: readonly KnownImage[], time: bigint): Iterable<KnownImage> {
  let low = 0;
  let high = images.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((images[middle]?.start ?? 0n) < time - NEAR) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < images.length; index += 1) {
    const image = images[index];
    if (image === undefined || image.start > time + NEAR) return;
    yield image;
  }
}
