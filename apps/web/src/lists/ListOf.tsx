import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useReceiving } from '../api/receiving.ts';
import { AnswerFacts } from '../kit/AnswerFacts.tsx';
import { Button } from '../kit/Button.tsx';
import { EmptyState } from '../kit/EmptyState.tsx';
import { ErrorState } from '../kit/ErrorState.tsx';
import { ListPage } from '../kit/ListPage.tsx';
import { NoMatch } from '../kit/NoMatch.tsx';
import { receivingWords } from '../kit/receivingWords.ts';
import { Skeleton } from '../kit/Skeleton.tsx';
import { Truth } from '../kit/Truth.tsx';
import { caseLink } from '../url/links.ts';
import type { ChangeView } from '../url/useView.ts';
import type { View } from '../url/view.ts';
import { AskedTime } from './AskedTime.tsx';
import styles from './ListOf.module.css';
import type { ListPages } from './listPages.ts';
import { filterParts, type Part } from './narrowing.ts';

export interface ListOfProps {
  /** `Events`. */
  readonly title: string;
  /** Of what it is a list, in the plural: `events`. */
  readonly what: string;
  readonly list: ListPages<unknown>;
  /** The view that what is on screen answers, and how it is changed. */
  readonly asked: View;
  readonly change: ChangeView;
  /** How many are listed, of how many. */
  readonly counts: string;
  /** Everything that narrows the list but the time; absent: the filter. */
  readonly parts?: readonly Part[];
  /** A view that nothing narrows; absent: without a filter. */
  readonly unnarrowed?: Partial<View>;
  /** Why there may be none of it, when nothing narrows the list. */
  readonly none: ReactNode;
  /** Behind the facts. */
  readonly news?: ReactNode;
  readonly actions?: ReactNode;
  /** Above the table, as long as there are rows or something narrows them. */
  readonly bar?: ReactNode;
  /** The table; drawn when there are rows. */
  readonly children: ReactNode;
}

const SKELETON_ROWS = 18;

/** A page that is one list of a case: on its way, failed, so far, nothing, or its rows. */
export function ListOf(props: ListOfProps) {
  const { title, what, list, change } = props;
  const { case: caseName = '' } = useParams({ strict: false });
  const receiving = useReceiving(caseName);
  if (list.isPending)
    return (
      <Skeleton
        page
        label={`Loading the ${what}`}
        rows={SKELETON_ROWS}
        note={receivingWords(receiving)}
      />
    );
  if (list.failure !== undefined) {
    const { message, code, retryable } = list.failure;
    return (
      <ErrorState
        level={1}
        title={`The ${what} could not be loaded`}
        reason={message}
        code={code}
        onClearFilter={() => change(props.unnarrowed ?? noFilter)}
        onRetry={retryable ? list.askAgain : undefined}
      />
    );
  }
  const { parts = filterParts(props.asked), bar } = props;
  const isNarrowed = parts.length > 0 || isOfATime(props.asked);
  const isEmpty = list.items.length === 0;
  return (
    <ListPage
      title={title}
      derived={list.completeness?.derived}
      isOld={list.isOld}
      facts={<Facts {...props} caseName={caseName} />}
      actions={props.actions}
    >
      <div className={styles.list}>
        {bar !== undefined && (!isEmpty || isNarrowed) && <div className={styles.bar}>{bar}</div>}
        {isEmpty ? (
          <Nothing {...props} parts={parts} />
        ) : (
          <div className={styles.table}>{props.children}</div>
        )}
      </div>
    </ListPage>
  );
}

const noFilter: Partial<View> = { filter: '' };

function Facts(props: ListOfProps & { readonly caseName: string }) {
  const { list, asked, what, counts, change, caseName } = props;
  const { completeness, isOld } = list;
  // Before the first parts of a large case there is no count, not even 0.
  const isCounted = list.items.length > 0 || completeness?.derived === undefined;
  return (
    <>
      <AnswerFacts isOld={isOld} what={what}>
        {isCounted && <span>{counts}</span>}
        {completeness !== undefined && (
          <Truth
            {...completeness}
            more={<Link {...caseLink('health', caseName, asked)}>see health</Link>}
          />
        )}
      </AnswerFacts>
      <AskedTime asked={asked} change={change} />
      {props.news}
    </>
  );
}

/** Whether the list is limited to a time of the clock: one that is counted from a pod's main process limits none. */
function isOfATime({ range }: View): boolean {
  return [range?.from, range?.to].some((bound) => bound !== undefined && 'at' in bound);
}

/** Why no row is shown: not come to yet, the filter, the time, or there is none. */
function Nothing(props: ListOfProps & { readonly parts: readonly Part[] }) {
  const { what, list, asked, change, parts, none } = props;
  if (list.completeness?.derived !== undefined)
    return <Skeleton label={`Gathering the ${what}`} rows={SKELETON_ROWS} />;
  if (list.isOld) return null;
  if (parts.length > 0)
    return (
      <NoMatch
        what={what}
        clauses={parts.map(({ text }) => text)}
        onRemove={(at) => change(parts[at]?.without ?? {})}
        onClear={() => change(props.unnarrowed ?? noFilter)}
      />
    );
  if (!isOfATime(asked)) return none;
  return (
    <EmptyState
      title={`There are no ${what} of that time`}
      actions={<Button onPress={() => change({ range: undefined })}>Show all times</Button>}
    />
  );
}
