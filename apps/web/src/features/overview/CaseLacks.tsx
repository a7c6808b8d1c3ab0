import { knowledgeWords, missingOfCase } from '@forebear/model/words/missing';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { nodesQuery } from '../../api/queries.ts';
import { formatNoun } from '../../kit/format.ts';
import { caseLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';

/** How much this case cannot tell, with the way to why; nothing when it tells all. What may have been set is not counted. */
export function CaseLacks({ caseName, view }: { readonly caseName: string; readonly view: View }) {
  const nodes = useQuery(nodesQuery(caseName));
  const sure = new Set(
    missingOfCase(nodes.data?.items ?? [])
      .filter(({ isSure }) => isSure)
      .map(({ what }) => what),
  );
  if (sure.size === 0) return null;
  return (
    <span title={`It cannot tell ${[...sure].map(knowledgeWords).join('; ')}`}>
      cannot tell{' '}
      <Link {...caseLink('health', caseName, view)}>{formatNoun(sure.size, 'thing')}</Link>
    </span>
  );
}
