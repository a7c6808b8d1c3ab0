import { agentWords } from '@forebear/model/words/agentWords';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { asFailure } from '../../api/failure.ts';
import { processQuery } from '../../api/queries.ts';
import { Button } from '../../kit/Button.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatCount } from '../../kit/format.ts';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { type TabEntry, Tabs } from '../../kit/Tabs.tsx';
import { questionOf } from '../../url/question.ts';
import { rowKind } from '../../view/rowKeys.ts';
import { listOf } from '../../view/visibleTree.ts';
import { AlertsTab } from './AlertsTab.tsx';
import { DetailsEvents } from './DetailsEvents.tsx';
import styles from './DetailsPanel.module.css';
import { DetailsRaw } from './DetailsRaw.tsx';
import { DetailsTitle } from './DetailsTitle.tsx';
import { FilesTab } from './FilesTab.tsx';
import { LooseDetails } from './LooseDetails.tsx';
import { NetworkTab } from './NetworkTab.tsx';
import type { PodAddress } from './podAddress.ts';
import { PodFacts, RowSummary } from './RowSummary.tsx';
import { SummaryTab } from './SummaryTab.tsx';
import type { TreeActions } from './treeActions.ts';
import { useDetailsKeys } from './useDetailsKeys.ts';
import { useRefTogether } from './useRefTogether.ts';
import type { TreeState } from './useTree.ts';
import { reasonsOf, WhyTab } from './WhyTab.tsx';

export interface DetailsPanelProps {
  readonly address: PodAddress;
  readonly state: TreeState;
  /** The event whose record the Raw tab shows; empty: the process's first. */
  readonly rawId: string;
  readonly onRaw: (id: string) => void;
  readonly onClose: () => void;
  readonly actions: TreeActions;
}

const TABS = new Set(['summary', 'alerts', 'why', 'events', 'network', 'files', 'raw']);

/** Everything known of the selection. */
export function DetailsPanel({
  address,
  state,
  rawId,
  onRaw,
  onClose,
  actions,
}: DetailsPanelProps) {
  const { tree, model, view, process, activeRow } = state;
  const kind = activeRow < 0 ? undefined : tree.kind[activeRow];
  const isLeaf = kind === rowKind.leaf || kind === rowKind.destinations;
  const isLoose = isLooseRow(state);
  const isFold = kind !== undefined && kind !== rowKind.process && !isLeaf;
  const ref = process < 0 || isFold ? '' : (model.columns.nodes.ref[process] ?? '');
  const { late } = questionOf(view);
  const panel = useRef<HTMLElement>(null);
  useDetailsKeys(panel, state, actions);
  const known = TABS.has(view.tab ?? '') ? view.tab : undefined;
  const tab = known ?? (isLeaf ? 'network' : 'summary');
  const together = useRefTogether(address, state, ref);
  const answer = useQuery({
    ...processQuery(address.caseName, together.ref, late),
    enabled: together.ref !== '',
  });
  const told = together.ref === '' ? undefined : answer.data;
  return (
    <aside ref={panel} id="details" className={styles.panel} aria-label="Details" tabIndex={-1}>
      {ref === '' ? (
        <NoProcess
          address={address}
          state={state}
          isLoose={isLoose}
          isFold={isFold}
          onRaw={onRaw}
          onClose={onClose}
        />
      ) : (
        <>
          <DetailsTitle state={state} onClose={onClose} />
          {together.isAlone && <ToldAlone state={state} />}
          {!together.isAlone && told === undefined && !answer.isError && (
            <Skeleton label="Loading the process" />
          )}
          {told !== undefined && view.agents.length > 0 && (
            <p className={styles.together}>What all agents together tell of it:</p>
          )}
          {answer.isError && (
            <ErrorState
              title="The process could not be loaded"
              reason={asFailure(answer.error).message}
              code={asFailure(answer.error).code}
              onRetry={() => void answer.refetch()}
            />
          )}
          {told !== undefined && (
            <Tabs
              label="Details of the process"
              chosen={tab}
              onChoose={(chosen) => state.change({ tab: chosen })}
              entries={[
                {
                  id: 'summary',
                  title: 'Summary',
                  content: <SummaryTab answer={told} state={state} />,
                },
                ...onlyIf(told.alertCount > 0 || tab === 'alerts', {
                  id: 'alerts',
                  title: 'Alerts',
                  count: formatCount(told.alertCount),
                  content: (
                    <AlertsTab
                      address={address}
                      state={state}
                      processRef={together.ref}
                      onRaw={onRaw}
                    />
                  ),
                }),
                {
                  id: 'why',
                  title: 'Why flagged',
                  count: formatCount(reasonsOf(told)),
                  content: <WhyTab answer={told} view={view} />,
                },
                {
                  id: 'events',
                  title: 'Events',
                  count: formatCount(
                    Object.values(told.events).reduce((sum, count) => sum + count, 0),
                  ),
                  content: (
                    <DetailsEvents
                      caseName={address.caseName}
                      processRef={together.ref}
                      view={view}
                      onRaw={onRaw}
                    />
                  ),
                },
                {
                  id: 'network',
                  title: 'Network',
                  count: formatCount(told.connections.length),
                  content: <NetworkTab answer={told} address={address} view={view} />,
                },
                ...onlyIf(told.events.file > 0 || tab === 'files', {
                  id: 'files',
                  title: 'Files',
                  content: (
                    <FilesTab caseName={address.caseName} processRef={together.ref} view={view} />
                  ),
                }),
                {
                  id: 'raw',
                  title: 'Raw',
                  content: (
                    <DetailsRaw
                      caseName={address.caseName}
                      processRef={together.ref}
                      rawId={rawId}
                    />
                  ),
                },
              ]}
            />
          )}
        </>
      )}
    </aside>
  );
}

/** One agent alone makes a process of what is none together with the others: its tree is all that is known of it. */
function ToldAlone({ state }: { readonly state: TreeState }) {
  const { view, change } = state;
  return (
    <EmptyState title={`Only ${view.agents.map(agentWords).join(', ')} tells of it like this`}>
      <p>Together with what the other agents tell, it is no process of its own.</p>
      <p>
        <Button onPress={() => change({ agents: [] }, 'push')}>Show all agents</Button>
      </p>
    </EmptyState>
  );
}

/** A tab that is there only where there is something in it, or where a link asks for it. */
function onlyIf(isThere: boolean, entry: TabEntry): readonly TabEntry[] {
  return isThere ? [entry] : [];
}

/** Whether the selected row is of what happened to no process. */
function isLooseRow({ tree, model, activeRow }: TreeState): boolean {
  const kind = activeRow < 0 ? undefined : tree.kind[activeRow];
  if (kind === rowKind.loose || kind === rowKind.looseRule) return true;
  const leaf =
    kind === rowKind.leaf ? (tree.item[activeRow] ?? -1) : (listOf(tree, activeRow)[0] ?? -1);
  if (kind !== rowKind.leaf && kind !== rowKind.destinations) return false;
  return model.columns.connections.process[leaf] === -1;
}

interface NoProcessProps {
  readonly address: PodAddress;
  readonly state: TreeState;
  readonly isLoose: boolean;
  readonly isFold: boolean;
  readonly onRaw: (id: string) => void;
  readonly onClose: () => void;
}

/** The pod or host itself, what has no process, a folded row; with nothing selected the pod. */
function NoProcess({ address, state, isLoose, isFold, onRaw, onClose }: NoProcessProps) {
  const { tree, activeRow, view, change, model } = state;
  if (isLoose) {
    return (
      <RowSummary state={state} onClose={onClose}>
        <Tabs
          label="Details of what has no process"
          chosen="summary"
          onChoose={() => undefined}
          entries={[
            {
              id: 'summary',
              title: 'Summary',
              content: <LooseDetails address={address} state={state} />,
            },
          ]}
        />
      </RowSummary>
    );
  }
  if (isFold && tree.kind[activeRow] !== rowKind.head)
    return <RowSummary state={state} onClose={onClose} />;
  const tab = view.tab === 'alerts' ? 'alerts' : 'summary';
  return (
    <RowSummary state={state} onClose={onClose}>
      <Tabs
        label={model.columns.pod.kind === 'host' ? 'Details of the host' : 'Details of the pod'}
        chosen={tab}
        onChoose={(chosen) => change({ tab: chosen })}
        entries={[
          {
            id: 'summary',
            title: 'Summary',
            content: <PodFacts address={address} state={state} />,
          },
          {
            id: 'alerts',
            title: 'Alerts',
            count: formatCount(model.columns.pod.alerts),
            content: <AlertsTab address={address} state={state} processRef="" onRaw={onRaw} />,
          },
        ]}
      />
    </RowSummary>
  );
}
