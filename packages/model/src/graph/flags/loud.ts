import type { Cards } from '../cards/cards.ts';
import type { Standing } from '../cards/standing.ts';
import type { Identity } from '../identity/identities.ts';
import type { Links } from '../identity/links.ts';
import { isLate } from '../novelty/isLate.ts';
import type { Verdict } from '../novelty/novelty.ts';

/** The image of a card that it is judged by, and whether any of its images is late. */
export interface CardVerdict {
  readonly worst: Verdict | undefined;
  /** Index of the identity that `worst` is about; -1: none. */
  readonly worstImage: number;
  readonly late: boolean;
  readonly lateAndNew: boolean;
}

/** Each image is judged alone; the card shows its worst (semantics, Links): late and new, then unknown, then the latest. */
export function cardVerdictOf(
  images: readonly number[],
  verdicts: readonly (Verdict | undefined)[],
  limitMs: number,
): CardVerdict {
  let worst: Verdict | undefined;
  let worstImage = -1;
  let late = false;
  let lateAndNew = false;
  for (const image of images) {
    const verdict = verdicts[image];
    if (verdict === undefined) continue;
    const isPast = isLate(verdict.lateByMs, limitMs);
    late ||= isPast;
    lateAndNew ||= isPast && verdict.isNew === true;
    if (worst === undefined || compareVerdicts(verdict, worst, limitMs) > 0) {
      worst = verdict;
      worstImage = image;
    }
  }
  return { worst, worstImage, late, lateAndNew };
}

/** Compares two verdicts: positive when `a` is the worse. */
function compareVerdicts(a: Verdict, b: Verdict, limitMs: number): number {
  const byGrade = gradeOf(a, limitMs) - gradeOf(b, limitMs);
  return byGrade === 0 ? (a.lateByMs ?? -1) - (b.lateByMs ?? -1) : byGrade;
}

function gradeOf({ lateByMs, isNew }: Verdict, limitMs: number): number {
  if (!isLate(lateByMs, limitMs)) return 0;
  if (isNew === true) return 3;
  return isNew === undefined ? 2 : 1;
}

/** The uid from which a card rose to 0: in one of its images, or from its parent; undefined: it did not. */
export function roseFrom(
  card: number,
  { cards }: Cards,
  identities: readonly Identity[],
  links: Links,
): number | undefined {
  const images = cards[card]?.images ?? [];
  for (let position = 0; position < images.length; position += 1) {
    const image = images[position] ?? -1;
    if (identities[image]?.fact.uid !== 0) continue;
    const above = position === 0 ? (links.parent[image] ?? -1) : (images[position - 1] ?? -1);
    const before = identities[above]?.fact.uid;
    if (before !== undefined && before !== 0) return before;
  }
  return undefined;
}

/** By card: 1 when `marked` holds for it or for a descendant. Children come after parents, so one backward pass does. */
export function markedBelow(standing: Standing, marked: (card: number) => boolean): Uint8Array {
  const below = new Uint8Array(standing.count);
  for (let card = standing.count - 1; card >= 0; card -= 1) {
    if (marked(card)) below[card] = 1;
    const parent = standing.parent[card] ?? -1;
    if (parent >= 0 && below[card] === 1) below[parent] = 1;
  }
  return below;
}
