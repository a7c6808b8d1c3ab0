import { foldHops, loudFirst } from '@forebear/model/answer/hopRows';
import { standsOut } from '@forebear/model/answer/standing';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { asFailure } from '../../api/failure.ts';
import { lateralQuery } from '../../api/queries.ts';
import { useReceiving } from '../../api/receiving.ts';
import { AnswerFacts } from '../../kit/AnswerFacts.tsx';
import { Button } from '../../kit/Button.tsx';
import { DefaultOrder } from '../../kit/DefaultOrder.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { LateLimit } from '../../kit/LateLimit.tsx';
import { ListPage } from '../../kit/ListPage.tsx';
import { NoMatch } from '../../kit/NoMatch.tsx';
import { receivingWords } from '../../kit/receivingWords.ts';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { formatSort, parseSort, sortRows } from '../../kit/sortRows.ts';
import { Truth } from '../../kit/Truth.tsx';
import { VirtualTable } from '../../kit/VirtualTable.tsx';
import { splitClauses, withoutClause } from '../../url/clauses.ts';
import { caseLink } from '../../url/links.ts';
import { questionOf } from '../../url/question.ts';
import { useView } from '../../url/useView.ts';
import { HopDetail } from './HopDetail.tsx';
import { hopColumns } from './hopColumns.tsx';
import { askedHops, hopKey, hopSortKeys } from './hopRows.ts';
import styles from './LateralPage.module.css';

/** Who reached whom across pods: every hop of the case, those of processes that stand out first. */
export function LateralPage() {
  const { case: caseName = '' } = useParams({ strict: false });
  const [view, change] = useView();
  const { late } = questionOf(view);
  const receiving = useReceiving(caseName);
  const lateral = useQuery(lateralQuery(caseName, late === undefined ? {} : { late }));
  const items = lateral.data?.items;
  const asked = useMemo(() => askedHops(items ?? [], view.filter), [items, view.filter]);
  const rows = useMemo(
    () => sortRows(foldHops(loudFirst(asked.hops), view.fold), parseSort(view.sort), hopSortKeys),
    [asked, view.fold, view.sort],
  );
  const columns = useMemo(() => hopColumns(caseName, view), [caseName, view]);

  if (lateral.isPending)
    return <Skeleton page label="Loading the hops" rows={14} note={receivingWords(receiving)} />;
  if (lateral.isError) {
    const failure = asFailure(lateral.error);
    return (
      <ErrorState
        level={1}
        title="The movement between pods could not be loaded"
        reason={failure.message}
        code={failure.code}
        onRetry={failure.retryable ? () => void lateral.refetch() : undefined}
      />
    );
  }
  const { total, completeness } = lateral.data;
  const all = lateral.data.items.length;
  const shown = asked.hops.length;
  const loud = asked.hops.filter(({ from, to }) => standsOut(from) || standsOut(to)).length;
  const clauses = splitClauses(view.filter);
  // Before the first parts of a large case there is no count, not even 0.
  const isNoneYet = all === 0 && completeness.derived !== undefined;
  return (
    <ListPage
      title="Lateral movement"
      derived={completeness.derived}
      isOld={lateral.isPlaceholderData}
      facts={
        <AnswerFacts isOld={lateral.isPlaceholderData} what="hops">
          {!isNoneYet && (
            <span>
              {shown < all && `${formatCount(shown)} of `}
              {formatNoun(total ?? all, 'hop')} · {formatCount(loud)} of processes that stand out
              {rows.length < shown &&
                ` · those alike are one row, ${formatNoun(rows.length, 'row')}`}
            </span>
          )}
          {asked.unknown.length > 0 && (
            <span className={styles.unsure}>
              hops have no {asked.unknown.join(', ')}: that part of the filter is left out
            </span>
          )}
          <Truth
            {...completeness}
            more={<Link {...caseLink('health', caseName, view)}>see health</Link>}
          />
        </AnswerFacts>
      }
      actions={
        <>
          <DefaultOrder
            sort={parseSort(view.sort)}
            order="the hops of processes that stand out first"
            onSort={() => change({ sort: undefined })}
          />
          <Button kind="quiet" onPress={() => change({ fold: !view.fold })}>
            {view.fold ? 'Show each hop' : 'Fold what is alike'}
          </Button>
          <LateLimit ms={view.lateMs} onChange={(lateMs) => change({ lateMs })} />
        </>
      }
    >
      {isNoneYet && <Skeleton label="Gathering the hops" rows={14} />}
      {rows.length === 0 && all > 0 && completeness.derived === undefined && (
        <NoMatch
          what="hops"
          clauses={clauses}
          onRemove={(at) => change({ filter: withoutClause(clauses, at) })}
          onClear={() => change({ filter: '' })}
        />
      )}
      {all === 0 && completeness.derived === undefined && (
        <EmptyState title="No movement between pods was seen">
          <p>
            A hop needs both ends in the log: a connection of one pod, and its accept or its
            listener in another.
          </p>
        </EmptyState>
      )}
      {rows.length > 0 && (
        <VirtualTable
          label="Hops"
          rows={rows}
          columns={columns}
          keyOf={hopKey}
          sort={parseSort(view.sort)}
          onSort={(next) => change({ sort: formatSort(next) })}
          onOpen={(row) => {
            const key = hopKey(row);
            change({ selected: key === view.selected ? undefined : key });
          }}
          isOpen={(row) => hopKey(row) === view.selected}
          detail={(row) => <HopDetail row={row} caseName={caseName} view={view} />}
        />
      )}
    </ListPage>
  );
}
