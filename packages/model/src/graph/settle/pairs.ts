import type { Dialect } from '../../event/dialects.ts';
import { compareBig, compareText } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';
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
 * Which exec of a column is which image of an agent with ids of its own: same pid, the same image, the nearest start within a
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
    for (const rival of nearestTo(rivals, time)) {
      if (!rival.startReported || !isSameImage(rival, image)) continue;
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

/**
 * The same binary; or another one with the same arguments: one agent names the link that was called (`/bin/sh`), another the file
 * behind it (`/usr/bin/dash`).
 */
function isSameImage(known: KnownImage, { binary, head }: SettledImage): boolean {
  if (known.binary === '') return false;
  if (isSameBinary(known.binary, binary)) return true;
  return known.arguments !== '' && head.faces.some((face) => face.arguments === known.arguments);
}

/** A pid has one exec at a time: of more than so many on either side of a moment none is the right one. */
const MOST_NEAR = 8;

/** The nearest of those that start within a second of the time. */
function* nearestTo(images: readonly KnownImage[], time: bigint): Iterable<KnownImage> {
  const place = partitionPoint(images.length, (index) => (images[index]?.start ?? 0n) < time);
  for (const image of images.slice(Math.max(0, place - MOST_NEAR), place + MOST_NEAR)) {
    if (image.start >= time - NEAR && image.start <= time + NEAR) yield image;
  }
}
