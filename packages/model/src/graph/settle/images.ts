import { readSpelledId } from '../../event/spelledIds.ts';
import type { Nanos } from '../../event/time.ts';
import { compareAbsentLast, compareText } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';
import { isFileBehind } from './linkedFiles.ts';
import type { PidColumn } from './pidColumns.ts';
import {
  bestOf,
  isBlocked,
  isSameBinary,
  type SpelledGroup,
  type SpelledProcess,
} from './spelledGroup.ts';

export type Group = SpelledGroup<SpelledProcess>;

/** One image of one life, as one agent's records tell it. */
export interface SettledImage {
  /** The group whose id stands for it. */
  readonly head: Group;
  /** All groups that mean it, `head` among them. */
  readonly groups: Group[];
  /** Its exec's time, or the first second in which it was seen. */
  readonly time: Nanos | undefined;
  readonly isExec: boolean;
  readonly isBlocked: boolean;
  readonly binary: string;
  /** The image that it took the pid from by an exec in place. */
  before: SettledImage | undefined;
}

/** A column taken apart. */
export interface ColumnImages {
  readonly column: PidColumn;
  /** By time; those without one last. */
  readonly images: readonly SettledImage[];
  /** Sightings of images that no exec of the column tells, and that still may be another agent's. */
  readonly unknown: readonly Group[];
}

export const SECOND = 1_000_000_000n;
/** Engines before 0.42 report both halves of an execve (formats, 4.4): the first shows the image that is about to go. */
const HALVES = 50_000_000n;
/** An exec this soon after another of the same pid, parent and container is of the same life: pids do not come round so fast. */
const SAME_LIFE = 60n * SECOND;

/** Finds the images of a column from its execs, and who else means them. */
export function imagesOf(column: PidColumn): ColumnImages {
  const execs = column.groups.filter(({ spelled }) => spelled.form === 'exec').sort(compareGroups);
  const { images, halves } = execImages(execs, column.dialect === 'falco');
  const unknown: Group[] = [...halves];
  const lookup = new ImageLookup(images);
  for (const group of column.groups) {
    if (group.spelled.form !== 'at') continue;
    const image = lookup.meantBy(group);
    if (image === undefined) unknown.push(group);
    else image.groups.push(group);
  }
  return { column, images, unknown };
}

function execImages(
  execs: readonly Group[],
  hasHalves: boolean,
): { readonly images: SettledImage[]; readonly halves: readonly Group[] } {
  const images: SettledImage[] = [];
  const halves: Group[] = [];
  for (const [index, head] of execs.entries()) {
    const before = images[images.length - 1];
    if (hasHalves && isEnterHalf(head, execs[index + 1], before)) {
      // It speaks of the image before it; of a new pid that is the fork of its parent.
      if (before !== undefined && isOneLife(before.head, head)) before.groups.push(head);
      else halves.push(head);
      continue;
    }
    if (before !== undefined && isSameExec(before.head, head)) {
      before.groups.push(head);
      continue;
    }
    const blocked = isBlocked(head);
    images.push({
      head,
      groups: [head],
      time: head.spelled.time,
      isExec: true,
      isBlocked: blocked,
      binary: head.spelled.binary,
      before: lastRunning(images, head),
    });
  }
  return { images, halves };
}

/** One exec that two rules of an agent tell, perhaps with other words for the binary: a pid has one exec at a time. */
function isSameExec(a: Group, b: Group): boolean {
  return (
    a.spelled.time !== undefined &&
    a.spelled.time === b.spelled.time &&
    a.spelled.mark === b.spelled.mark &&
    isBlocked(a) === isBlocked(b)
  );
}

/** The image whose pid the exec took, in the same life. */
function lastRunning(images: readonly SettledImage[], head: Group): SettledImage | undefined {
  const from = images.length - 1;
  for (let index = from; index >= 0 && index > from - MOST_STEPS; index -= 1) {
    const image = images[index];
    if (image === undefined || image.isBlocked) continue;
    return isOneLife(image.head, head) && !isBlocked(head) ? image : undefined;
  }
  return undefined;
}

function isEnterHalf(
  head: Group,
  next: Group | undefined,
  before: SettledImage | undefined,
): boolean {
  const { time, binary } = head.spelled;
  const nextTime = next?.spelled.time;
  if (next === undefined || time === undefined || nextTime === undefined) return false;
  if (nextTime - time > HALVES || !isOneLife(head, next)) return false;
  if (before !== undefined && isOneLife(before.head, head)) {
    return isSameBinary(binary, before.binary);
  }
  const parent = readSpelledId(bestOf(head.faces, 'parentId') ?? '');
  return parent !== undefined && 'binary' in parent && isSameBinary(binary, parent.binary);
}

/** Tells whether two groups of a column, the earlier first, are of one life. */
export function isOneLife(earlier: Group, later: Group): boolean {
  const { mark, time } = earlier.spelled;
  if (mark !== '' && later.spelled.mark !== '') return mark === later.spelled.mark;
  if (time === undefined || later.spelled.time === undefined) return false;
  if (later.spelled.time - time > SAME_LIFE) return false;
  const parent = parentPidOf(earlier);
  if (parent === undefined || parent !== parentPidOf(later)) return false;
  const container = bestOf(earlier.faces, 'containerId');
  return container === bestOf(later.faces, 'containerId');
}

function parentPidOf({ faces }: Group): number | undefined {
  const parent = readSpelledId(bestOf(faces, 'parentId') ?? '');
  return parent !== undefined && 'pid' in parent ? parent.pid : undefined;
}

/** The images of a column, for sightings to be compared with. */
class ImageLookup {
  readonly #all: readonly SettledImage[];
  readonly #byMark = new Map<string, SettledImage[]>();

  /** `images`: by time. */
  constructor(images: readonly SettledImage[]) {
    this.#all = images.filter(({ isBlocked: blocked }) => !blocked);
    for (const image of this.#all) {
      const { mark } = image.head.spelled;
      const known = this.#byMark.get(mark);
      if (known === undefined) this.#byMark.set(mark, [image]);
      else known.push(image);
    }
  }

  /**
   * The image that a sighting means: of its life, or of the pid where no life is marked, the last one that had begun by the end
   * of its second and runs what it says. The image that had the pid all through the second is the last that is asked.
   */
  meantBy({ spelled: { mark, time, binary } }: Group): SettledImage | undefined {
    const images = mark === '' ? this.#all : (this.#byMark.get(mark) ?? this.#byMark.get('') ?? []);
    if (time === undefined) return onlyOne(images, binary);
    const last = countBefore(images, time + SECOND) - 1;
    for (let index = last; index >= 0 && index > last - MOST_STEPS; index -= 1) {
      const image = images[index];
      if (image === undefined || fits(image, binary)) return image;
      if ((image.time ?? time) < time) return undefined;
    }
    return undefined;
  }
}

/** A pid has few images in one second; looking at more of them finds nobody. */
const MOST_STEPS = 64;
/** Without a time only an image that has no rival is meant. More than so many make no difference. */
const MOST_RIVALS = 1000;

function onlyOne(images: readonly SettledImage[], binary: string): SettledImage | undefined {
  const fitting = images.slice(0, MOST_RIVALS).filter((image) => fits(image, binary));
  return fitting.length === 1 && images.length <= MOST_RIVALS ? fitting[0] : undefined;
}

function fits(image: SettledImage, binary: string): boolean {
  return binary === '' || isSameBinary(image.binary, binary) || isFileBehind(image.binary, binary);
}

/** How many of the images, which are in order of time, began before; those without a time are the last. */
export function countBefore(images: readonly SettledImage[], time: bigint): number {
  return partitionPoint(images.length, (index) => {
    const start = images[index]?.time;
    return start !== undefined && start < time;
  });
}

/** By time, those without one last; then by id. */
export function compareGroups(a: Group, b: Group): number {
  return compareAbsentLast(a.spelled.time, b.spelled.time) || compareText(a.id, b.id);
}
