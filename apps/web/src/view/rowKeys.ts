/**
 * What a row of the drawn tree is called in an address and across refreshes. A process is its ref; everything else is
 * a letter, a point and the ref it hangs on, which no ref can be: a ref has no point in it. What hangs on no process has
 * nothing behind the point.
 */
export const rowKind = {
  /** The pod or host the tree is of. */
  head: 0,
  process: 1,
  /** Folded siblings. */
  group: 2,
  /** A run of single children, the ends left out. */
  capsule: 3,
  /** The rest of many siblings. */
  more: 4,
  leaf: 5,
  /** Several destinations as one. */
  destinations: 6,
  /** What the filter hides below one parent. */
  hidden: 7,
  /** What happened to no process that is known. */
  loose: 8,
  /** Alerts of one rule that name no process. */
  looseRule: 9,
} as const;
export type RowKind = (typeof rowKind)[keyof typeof rowKind];

export const headKey = 'head';
export const groupKey = (firstMember: string): string => `g.${firstMember}`;
export const capsuleKey = (firstStep: string): string => `c.${firstStep}`;
/** One key for each page opened, so that a set of keys can count. */
export const moreKey = (parent: string, page: number): string => `m${page}.${parent}`;
/** The same for the members of a group. */
export const moreOfGroupKey = (firstMember: string, page: number): string =>
  `n${page}.${firstMember}`;
export const destinationsKey = (process: string): string => `d.${process}`;
export const hiddenKey = (parent: string): string => `h.${parent}`;
export const looseKey = 'o.';
export const looseRuleKey = (place: number): string => `a${place}.`;
export const leafKey = (process: string, place: number): string => `l${place}.${process}`;

/** The ref a key hangs on: the key itself for a process. */
export function refOfKey(key: string): string {
  return key.slice(key.indexOf('.') + 1);
}
