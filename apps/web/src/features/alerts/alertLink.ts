import type { AlertItem } from '../../api/answers.ts';
import { hostLink, podLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';

type Place = Pick<AlertItem, 'namespace' | 'pod' | 'node'> & {
  readonly process: Pick<NonNullable<AlertItem['process']>, 'ref'> | null;
};

/** The tree at the process that an alert is about; without one its pod's or its node's; undefined: of neither is known. */
export function alertLink({ process, namespace, pod, node }: Place, caseName: string, view: View) {
  const selected = process === null ? {} : { selected: process.ref };
  if (pod !== '') return podLink({ caseName, namespace, pod }, view, selected);
  if (process === null && node === '') return undefined;
  return hostLink({ caseName, node }, view, selected);
}
