import { gapWords } from '@forebear/model/words/gapWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { nodesQuery } from '../../api/queries.ts';
import { linkButton } from '../../kit/Button.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { caseLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';
import { scopeFilter } from './podAddress.ts';

export interface SilentHostProps {
  readonly caseName: string;
  readonly node: string;
  readonly view: View;
}

/** A host without a tree: the log names it, or does not, and this says what it reported instead of processes. */
export function SilentHost({ caseName, node, view }: SilentHostProps) {
  const nodes = useQuery(nodesQuery(caseName));
  const here = nodes.data?.items.filter((one) => one.node === node) ?? [];
  const name = nodeWords(node);
  const events = scopeFilter({ caseName, namespace: '', pod: '', node });
  const actions = (
    <>
      <Link className={linkButton} {...caseLink('events', caseName, view, { filter: events })}>
        Its events
      </Link>
      <Link className={linkButton} {...caseLink('health', caseName, view)}>
        Ingest health
      </Link>
    </>
  );
  if (nodes.data !== undefined && here.length === 0) {
    return (
      <EmptyState
        level={1}
        title={`There is no node ${name} in this case`}
        actions={
          <Link className={linkButton} {...caseLink('overview', caseName, view)}>
            Pods and hosts of this case
          </Link>
        }
      />
    );
  }
  const count = here.reduce((sum, one) => sum + one.events, 0);
  const gaps = here.flatMap((one) => one.gaps);
  const kinds = [...new Set(here.flatMap((one) => Object.keys(one.kinds)))].slice(0, 8);
  const losses = [...new Set(gaps.map((gap) => gapWords(gap.kind)))];
  return (
    <EmptyState level={1} title={`No process of host ${name} is in the log`} actions={actions}>
      <p>
        It reported {formatNoun(count, 'event')}
        {kinds.length > 0 && (
          <>
            {' ('}
            <SafeText text={kinds.join(', ')} />)
          </>
        )}
        , none of a process
        {gaps.length === 0 ? '.' : `, and ${formatNoun(gaps.length, 'report')} about lost events:`}
      </p>
      {losses.map((loss) => (
        <p key={loss}>
          <SafeText text={loss} />
        </p>
      ))}
    </EmptyState>
  );
}
