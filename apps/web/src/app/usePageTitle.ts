import { nodeWords } from '@forebear/model/words/nodeWords';
import { useParams, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { visibleText } from '../kit/visibleText.ts';
import { nodeOfPath } from '../url/links.ts';

const PAGES = new Map([
  ['dst', 'Destinations'],
  ['lateral', 'Lateral movement'],
  ['conversations', 'Conversations'],
  ['e', 'Events'],
  ['alerts', 'Alerts'],
  ['health', 'Health'],
]);

/** Names the tab after what is on it, so that ten open tabs can be told apart. */
export function usePageTitle(): void {
  const { case: caseName, pod, node } = useParams({ strict: false });
  const last = useRouterState({ select: (state) => state.location.pathname.split('/').at(-1) });
  const page =
    pod ?? (node === undefined ? undefined : nodeWords(nodeOfPath(node))) ?? PAGES.get(last ?? '');
  useEffect(() => {
    const parts = [page, caseName, 'Forebear'].filter((part) => part !== undefined);
    document.title = parts.map(visibleText).join(' · ');
  }, [page, caseName]);
}
