import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { asFailure } from '../../api/failure.ts';
import { nodesQuery, sourcesQuery } from '../../api/queries.ts';
import { linkButton } from '../../kit/Button.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { PageHead } from '../../kit/PageHead.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { Truth } from '../../kit/Truth.tsx';
import { VirtualTable } from '../../kit/VirtualTable.tsx';
import { useView } from '../../url/useView.ts';
import { AgentGapTable } from './AgentGapTable.tsx';
import { saidAgainWords } from './gapReport.ts';
import styles from './HealthPage.module.css';
import { MissingTable } from './MissingTable.tsx';
import { NodeTable } from './NodeTable.tsx';
import { SourceDetails } from './SourceDetails.tsx';
import { receivedWords, sourceColumns } from './sourceColumns.tsx';

/** What came in, what became of each record, and where the log is silent. */
export function HealthPage() {
  const { case: caseName = '' } = useParams({ strict: false });
  const [view, change] = useView();
  const sources = useQuery(sourcesQuery(caseName));
  const nodes = useQuery(nodesQuery(caseName));
  const columns = useMemo(() => sourceColumns(view), [view]);
  if (sources.isPending) return <Skeleton page label="Loading the sources" rows={10} />;
  if (sources.isError) {
    const failure = asFailure(sources.error);
    return (
      <ErrorState
        level={1}
        title="The sources of this case could not be loaded"
        reason={failure.message}
        code={failure.code}
        onRetry={() => void sources.refetch()}
      />
    );
  }
  const rows = sources.data.items;
  const again = nodes.data === undefined ? '' : saidAgainWords(rows, nodes.data.items);
  if (rows.length === 0) {
    return (
      <EmptyState
        level={1}
        title="Nothing has come in yet"
        actions={
          <Link className={linkButton} to="/">
            Samples and other cases
          </Link>
        }
      >
        <p>Drop log files or folders on this page, or connect an agent.</p>
      </EmptyState>
    );
  }
  return (
    <div className={styles.page}>
      <PageHead
        title="Ingest health"
        facts={
          <>
            <span>{receivedWords(rows)}</span>
            <Truth {...sources.data.completeness} />
          </>
        }
      />
      <div className={styles.sources}>
        <VirtualTable
          label="Sources"
          fits
          rows={rows}
          columns={columns}
          keyOf={(one) => one.id}
          onOpen={(one) => change({ selected: one.id === view.selected ? undefined : one.id })}
          isOpen={(one) => one.id === (view.selected ?? rows[0]?.id)}
          detail={(one) => <SourceDetails caseName={caseName} one={one} view={view} />}
        />
      </div>
      <section className={styles.nodes} aria-label="Nodes">
        <h2>Nodes</h2>
        <NodeTable caseName={caseName} view={view} />
        {again !== '' && <p className={styles.muted}>{again}.</p>}
        {nodes.data !== undefined && <AgentGapTable nodes={nodes.data.items} view={view} />}
        {nodes.data !== undefined && <MissingTable nodes={nodes.data.items} />}
      </section>
    </div>
  );
}
