import { nodeWords } from '@forebear/model/words/nodeWords';
import { podWords } from '@forebear/model/words/podWords';
import type { CaseItem, PodItem } from '../api/answers.ts';
import { formatNoun } from '../kit/format.ts';
import { caseLink, casePages, hostLink, podLink } from '../url/links.ts';
import type { View } from '../url/view.ts';

export type Target =
  | ReturnType<typeof podLink>
  | ReturnType<typeof hostLink>
  | ReturnType<typeof caseLink>
  | { readonly to: '/' };

export type Choice =
  | { readonly kind: 'filter'; readonly id: string; readonly text: string; readonly detail: string }
  | {
      readonly kind: 'pod' | 'host' | 'page' | 'case';
      readonly id: string;
      readonly text: string;
      readonly detail: string;
      readonly target: Target;
    };

interface Around {
  readonly caseName: string | undefined;
  readonly view: View;
  readonly pods: readonly PodItem[];
  readonly cases: readonly CaseItem[];
}

const PAGES = [
  { page: 'overview', text: 'Overview' },
  { page: 'alerts', text: 'Alerts' },
  { page: 'destinations', text: 'Destinations' },
  { page: 'lateral', text: 'Lateral movement' },
  { page: 'conversations', text: 'Conversations' },
  { page: 'events', text: 'Events' },
  { page: 'health', text: 'Health' },
] as const;
const MOST_PODS = 8;

/**
 * What a text in the omnibox may mean, the most likely first. `@` asks for pods, `>` for pages and cases; anything
 * else is a filter, with the pods whose name holds it.
 */
export function choicesFor(
  draft: string,
  { caseName, view, pods, cases }: Around,
): readonly Choice[] {
  const sigil = draft.startsWith('@') || draft.startsWith('>') ? draft.charAt(0) : '';
  const wanted = draft.slice(sigil.length).trim().toLowerCase();
  const fits = (text: string) => text.toLowerCase().includes(wanted);
  const choices: Choice[] = [];
  if (sigil === '' && wanted !== '' && caseName !== undefined) {
    choices.push({ kind: 'filter', id: 'filter', text: draft.trim(), detail: 'Enter' });
  }
  if (sigil !== '>' && caseName !== undefined) {
    const found = pods
      .filter((one) =>
        fits(one.kind === 'host' ? nodeWords(one.pod) : podWords(one.namespace, one.pod)),
      )
      .slice(0, MOST_PODS);
    for (const one of found) choices.push(podChoice(one, caseName, view));
  }
  if (sigil !== '@' && caseName !== undefined) {
    for (const { page, text } of PAGES.filter((one) => fits(one.text))) {
      const target = caseLink(page, caseName, view);
      choices.push({ kind: 'page', id: `page:${page}`, text, detail: '', target });
    }
  }
  if (sigil !== '@') {
    for (const one of cases.filter(({ name }) => name !== caseName && fits(name)).slice(0, 6)) {
      choices.push({
        kind: 'case',
        id: `case:${one.name}`,
        text: one.name,
        detail: formatNoun(one.processes, 'execution'),
        target: { to: casePages.overview, params: { case: one.name }, search: {} },
      });
    }
  }
  return choices;
}

function podChoice(one: PodItem, caseName: string, view: View): Choice {
  const { namespace, pod, cluster, uid } = one;
  const detail =
    one.lateNew > 0 ? `◷ ${one.lateNew}` : formatNoun(one.processes, 'process', 'processes');
  if (one.kind === 'host') {
    const target = hostLink({ caseName, node: pod }, view, { cluster });
    return { kind: 'host', id: `host:${cluster}/${pod}`, text: nodeWords(pod), detail, target };
  }
  const target = podLink({ caseName, namespace, pod }, view, { cluster, uid });
  return {
    kind: 'pod',
    id: `pod:${uid}/${namespace}/${pod}`,
    text: podWords(namespace, pod),
    detail,
    target,
  };
}
