import { flagMark } from '@forebear/model/words/flagMark';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { asFailure } from '../../api/failure.ts';
import { processQuery } from '../../api/queries.ts';
import { Badge } from '../../kit/Badge.tsx';
import { IconButton } from '../../kit/Button.tsx';
import { CopyButton } from '../../kit/CopyButton.tsx';
import { baseName } from '../../kit/clip.ts';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatCount, formatDelta } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { Tabs } from '../../kit/Tabs.tsx';
import { questionOf } from '../../url/question.ts';
import { rowKind } from '../../view/rowKeys.ts';
import { commandText, nameOf } from '../../view/texts.ts';
import { DetailsEvents } from './DetailsEvents.tsx';
import styles from './DetailsPanel.module.css';
import { DetailsRaw } from './DetailsRaw.tsx';
import { focusTree } from './focusTree.ts';
import { NetworkTab } from './NetworkTab.tsx';
import type { PodAddress } from './podAddress.ts';
import { RowSummary } from './RowSummary.tsx';
import { SummaryTab } from './SummaryTab.tsx';
import type { TreeState } from './useTree.ts';
import { WhyTab } from './WhyTab.tsx';

export interface DetailsPanelProps {
  readonly address: PodAddress;
  readonly state: TreeState;
  /** The event whose record the Raw tab shows; empty: the process's first. */
  readonly rawId: string;
  readonly onRaw: (id: string) => void;
  readonly onClose: () => void;
}

const TABS = new Set(['summary', 'why', 'events', 'network', 'raw']);

/** Everything known of the selection. */
export function DetailsPanel({ address, state, rawId, onRaw, onClose }: DetailsPanelProps) {
  const { tree, model, view, process, activeRow } = state;
  const kind = activeRow < 0 ? undefined : tree.kind[activeRow];
  const isLeaf = kind === rowKind.leaf || kind === rowKind.destinations;
  const isFold = kind !== undefined && kind !== rowKind.process && !isLeaf;
  const ref = process < 0 || isFold ? '' : (model.columns.nodes.ref[process] ?? '');
  const { late } = questionOf(view);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = panel.current;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) focusTree();
    };
    element?.addEventListener('keydown', onKeyDown);
    return () => element?.removeEventListener('keydown', onKeyDown);
  }, []);
  const known = TABS.has(view.tab ?? '') ? view.tab : undefined;
  const tab = known ?? (isLeaf ? 'network' : 'summary');
  const answer = useQuery({
    ...processQuery(address.caseName, ref, late),
    enabled: ref !== '',
  });
  return (
    <aside ref={panel} id="details" className={styles.panel} aria-label="Details" tabIndex={-1}>
      {ref === '' ? (
        <NoProcess state={state} isFold={isFold} onClose={onClose} />
      ) : (
        <>
          <Title state={state} onClose={onClose} />
          {answer.isPending && <Skeleton label="Loading the process" />}
          {answer.isError && (
            <ErrorState
              title="The process could not be loaded"
              reason={asFailure(answer.error).message}
              code={asFailure(answer.error).code}
              onRetry={() => void answer.refetch()}
            />
          )}
          {answer.data !== undefined && (
            <Tabs
              label="Details of the process"
              chosen={tab}
              onChoose={(chosen) => state.change({ tab: chosen })}
              entries={[
                {
                  id: 'summary',
                  title: 'Summary',
                  content: <SummaryTab answer={answer.data} state={state} />,
                },
                {
                  id: 'why',
                  title: 'Why flagged',
                  count: formatCount(answer.data.flags.length),
                  content: <WhyTab answer={answer.data} view={view} />,
                },
                {
                  id: 'events',
                  title: 'Events',
                  count: formatCount(
                    Object.values(answer.data.events).reduce((sum, count) => sum + count, 0),
                  ),
                  content: (
                    <DetailsEvents
                      caseName={address.caseName}
                      processRef={ref}
                      view={view}
                      onRaw={onRaw}
                    />
                  ),
                },
                {
                  id: 'network',
                  title: 'Network',
                  count: formatCount(answer.data.connections.length),
                  content: <NetworkTab answer={answer.data} address={address} view={view} />,
                },
                {
                  id: 'raw',
                  title: 'Raw',
                  content: (
                    <DetailsRaw caseName={address.caseName} processRef={ref} rawId={rawId} />
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

function Title({ state, onClose }: { readonly state: TreeState; readonly onClose: () => void }) {
  const { model, process, view } = state;
  const { nodes } = model.columns;
  const late = nodes.lateByMs[process];
  const alerts = nodes.alerts[process] ?? 0;
  const name = nameOf(model, process);
  const binary = model.columns.strings[nodes.binary[process] ?? 0] ?? '';
  const args = model.columns.strings[nodes.arguments[process] ?? 0] ?? '';
  const command = commandText(binary, args);
  return (
    <header className={styles.title}>
      <div className={styles.nameLine}>
        <h2>
          <SafeText text={baseName(name)} />
        </h2>
        {nodes.role[process] === 'main' && <Badge tone="main">MAIN</Badge>}
        {nodes.role[process] === 'injected' && (
          <Badge tone="plain">INJECTED · not started by the container’s main</Badge>
        )}
        {nodes.loud[process] === 1 && (
          <LoudBadge late={late ?? 0} limit={view.lateMs} flags={nodes.flags[process] ?? []} />
        )}
        {alerts > 0 && <Badge tone="alert">{formatCount(alerts)}</Badge>}
        {nodes.kind[process] === 'ghost' && <Badge tone="ghost">inferred</Badge>}
        <span className={styles.close}>
          <IconButton
            icon={<X aria-hidden="true" />}
            label="Close details"
            keys={'\\'}
            onPress={onClose}
          />
        </span>
      </div>
      {command !== '' && (
        <div className={styles.command}>
          <code className={styles.commandText}>
            <SafeText mono text={command} />
          </code>
          <CopyButton text={command} what="command" />
        </div>
      )}
    </header>
  );
}

interface LoudBadgeProps {
  readonly late: number;
  readonly limit: number;
  readonly flags: readonly string[];
}

/** How late it is, or what else it is loud for. */
function LoudBadge({ late, limit, flags }: LoudBadgeProps) {
  if (late > limit) return <Badge tone="late">{formatDelta(late)} late</Badge>;
  return (
    <Badge tone="late" sign="⇱">
      {flagMark(flags)}
    </Badge>
  );
}

function NoProcess({
  state,
  isFold,
  onClose,
}: {
  readonly state: TreeState;
  readonly isFold: boolean;
  readonly onClose: () => void;
}) {
  if (isFold) return <RowSummary state={state} onClose={onClose} />;
  return (
    <EmptyState title="Nothing selected">
      <p>Choose a process to read everything known of it.</p>
    </EmptyState>
  );
}
