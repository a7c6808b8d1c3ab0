import { formatRange } from '../url/codecs.ts';
import type { Bound, TimeRange } from '../url/view.ts';

/**
 * What is said of a time that is counted from a pod's main process, on a page that is about no one pod:
 * `not applied: +270s..+600s counts from a pod’s main`. Empty: there is none.
 */
export function timeNotApplied(range: TimeRange | undefined): string {
  const text = formatRange({ from: counted(range?.from), to: counted(range?.to) });
  return text === '' ? '' : `not applied: ${text} counts from a pod’s main`;
}

function counted(bound: Bound | undefined): Bound | undefined {
  return bound !== undefined && 'afterMs' in bound ? bound : undefined;
}
