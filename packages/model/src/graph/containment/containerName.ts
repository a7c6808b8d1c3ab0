import type { Containment } from './containment.ts';

/**
 * "This container" of the rules, by enclosure: every instance of one name in one pod shares a text (semantics, "Late and
 * new"); an instance without a pod or a name stands alone.
 */
export function containerNameKeys({ enclosures }: Containment): string[] {
  return enclosures.map(({ pod, fact }, at) =>
    pod < 0 || fact.name === '' ? `#${at}` : `${pod}\0${fact.name}`,
  );
}
