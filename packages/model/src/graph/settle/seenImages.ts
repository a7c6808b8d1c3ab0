import { compareAbsentLast, compareText } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';
import {
  compareGroups,
  countBefore,
  type Group,
  isOneLife,
  SECOND,
  type SettledImage,
} from './images.ts';
import { bestOf, isSameBinary, rankOf } from './spelledGroup.ts';

/**
 * Images for the sightings that nothing else explains: one for each life and binary between two execs. `images` are those of
 * the column; answers all, in order.
 */
export function withSeenImages(
  images: readonly SettledImage[],
  unknown: readonly Group[],
): SettledImage[] {
  const runs = new Map<string, Group[]>();
  const byMark = new Map<string, Group[][]>();
  const nameless: Group[] = [];
  const unmarked: (readonly [Group, string])[] = [];
  for (const group of [...unknown].sort(compareGroups)) {
    const { mark, time, binary } = group.spelled;
    if (mark !== '' && binary === '') {
      nameless.push(group);
      continue;
    }
    const after = time === undefined ? '' : String(countBefore(images, time + SECOND));
    const key = `${mark}\0${mark === '' ? after : ''}\0${time === undefined}\0${binary}`;
    // Without any exec one life may be all that the pid had: then who names no mark means it.
    if (mark === '' && images.length === 0) unmarked.push([group, key]);
    else putInRun(group, key, runs, byMark);
  }
  const lives = [...byMark.values()];
  const [only] = lives;
  for (const [group, key] of unmarked) {
    const known = lives.length === 1 ? runOfBinary(only ?? [], group) : undefined;
    if (known !== undefined) known.push(group);
    else putInRun(group, key, runs, byMark);
  }
  for (const group of nameless) {
    const { mark } = group.spelled;
    const known = runOfLife(byMark.get(mark) ?? [], group);
    if (known !== undefined) known.push(group);
    else addRun([group], `${mark}\0\0`, runs, byMark);
  }
  const seen = [...runs.values()].flatMap((groups) => {
    const head = headOf(groups);
    if (head === undefined) return [];
    return [
      {
        head,
        groups,
        time: groups[0]?.spelled.time,
        isExec: false,
        isBlocked: false,
        binary: head.spelled.binary,
        before: undefined,
      },
    ];
  });
  const all = [...images, ...seen].sort(compareImages);
  for (const [index, image] of all.entries()) {
    // A fork that was seen before its exec.
    const next = all[index + 1];
    if (image.isExec || next?.isExec !== true || next.before !== undefined) continue;
    if (!next.isBlocked && isOneLife(image.head, next.head)) next.before = image;
  }
  return all;
}

function putInRun(
  group: Group,
  key: string,
  runs: Map<string, Group[]>,
  byMark: Map<string, Group[][]>,
): void {
  const known = runs.get(key);
  if (known !== undefined) known.push(group);
  else addRun([group], key, runs, byMark);
}

function addRun(
  run: Group[],
  key: string,
  runs: Map<string, Group[]>,
  byMark: Map<string, Group[][]>,
): void {
  runs.set(key, run);
  const mark = run[0]?.spelled.mark ?? '';
  const known = byMark.get(mark);
  if (known === undefined) byMark.set(mark, [run]);
  else known.push(run);
}

/** Runs of a life that are looked through; a life of more is nobody's we know. */
const MOST_RUNS = 16;

/** The run of the life that a sighting without its mark means: it runs the same binary, and the life had begun. */
function runOfBinary(life: readonly Group[][], { spelled }: Group): Group[] | undefined {
  const { time, binary } = spelled;
  if (time === undefined || binary === '') return undefined;
  return life.slice(0, MOST_RUNS).find(([first]) => {
    if (first === undefined || !isSameBinary(first.spelled.binary, binary)) return false;
    const began = bestOf(first.faces, 'startTime');
    return began === undefined || began < time + SECOND;
  });
}

/**
 * The run that a sighting by a mark alone means: of those of the life the last that had begun, else the first. Runs are in order
 * of their beginning.
 */
function runOfLife(runs: readonly Group[][], { spelled: { time } }: Group): Group[] | undefined {
  const place = partitionPoint(time === undefined ? 0 : runs.length, (index) => {
    const start = runs[index]?.[0]?.spelled.time;
    return start !== undefined && time !== undefined && start <= time;
  });
  return runs[Math.max(place - 1, 0)];
}

/** The best described, then the earliest: its id is the image's. */
function headOf(groups: readonly Group[]): Group | undefined {
  let best: Group | undefined;
  for (const group of groups) if (best === undefined || rankOf(group) > rankOf(best)) best = group;
  return best;
}

function compareImages(a: SettledImage, b: SettledImage): number {
  return compareAbsentLast(a.time, b.time) || compareText(a.head.id, b.head.id);
}
