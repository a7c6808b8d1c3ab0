import type { SearchRecord } from './searchText.ts';
import type { View } from './view.ts';
import { carriedView, formatView } from './viewUrl.ts';

/** A path segment cannot be empty; a namespace can. No namespace begins with a dash. */
const NONE = '-';

/** The page of a pod's tree, with one of its processes selected when a ref is given. */
export function podLink(
  { caseName, namespace, pod }: { caseName: string; namespace: string; pod: string },
  view: View,
  patch: Partial<View> = {},
) {
  return {
    to: '/c/$case/p/$namespace/$pod',
    params: { case: caseName, namespace: namespace === '' ? NONE : namespace, pod },
    search: searchFor(view, patch),
  } as const;
}

/** The page of a host: its own processes, each container collapsed under its shim. */
export function hostLink(
  { caseName, node }: { caseName: string; node: string },
  view: View,
  patch: Partial<View> = {},
) {
  return {
    to: '/c/$case/n/$node',
    params: { case: caseName, node: pathOfNode(node) },
    search: searchFor(view, patch),
  } as const;
}

export const casePages = {
  overview: '/c/$case',
  destinations: '/c/$case/dst',
  lateral: '/c/$case/lateral',
  conversations: '/c/$case/conversations',
  events: '/c/$case/e',
  alerts: '/c/$case/alerts',
  health: '/c/$case/health',
} as const;

/** One of a case's own pages. */
export function caseLink(
  page: keyof typeof casePages,
  caseName: string,
  view: View,
  patch: Partial<View> = {},
) {
  return {
    to: casePages[page],
    params: { case: caseName },
    search: searchFor(view, patch),
  } as const;
}

/** The namespace of a path segment. */
export function namespaceOfPath(segment: string): string {
  return segment === NONE ? '' : segment;
}

/**
 * The path segment of a node. Log lines without a node name give a host without one, and a segment cannot be empty: it is a
 * dash. A node that is called by dashes alone gets one more, so that no two nodes share an address.
 */
export function pathOfNode(node: string): string {
  return /^-*$/.test(node) ? `${node}${NONE}` : node;
}

/** The node of a path segment. */
export function nodeOfPath(segment: string): string {
  return /^-+$/.test(segment) ? segment.slice(NONE.length) : segment;
}

function searchFor(view: View, patch: Partial<View>): SearchRecord {
  return formatView(carriedView(view, patch));
}
