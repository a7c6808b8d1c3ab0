import { formatLength } from './codecs.ts';
import { defaultView, type View } from './view.ts';

/** What the API is asked on behalf of a view; defaults are left out, so that equal questions are equal. */
export function questionOf(view: View): {
  readonly filter?: string;
  readonly from?: string;
  readonly to?: string;
  readonly late?: string;
} {
  const { from, to } = view.range ?? { from: undefined, to: undefined };
  return {
    ...(view.filter === '' ? {} : { filter: view.filter }),
    ...(from !== undefined && 'at' in from ? { from: from.at } : {}),
    ...(to !== undefined && 'at' in to ? { to: to.at } : {}),
    ...(view.lateMs === defaultView.lateMs ? {} : { late: formatLength(view.lateMs) }),
  };
}
