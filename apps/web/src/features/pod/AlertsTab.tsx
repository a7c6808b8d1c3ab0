import { useInfiniteQuery } from '@tanstack/react-query';
import type { AlertItem } from '../../api/answers.ts';
import { asFailure } from '../../api/failure.ts';
import { type AlertsQuestion, alertsQuery } from '../../api/queries.ts';
import { Button } from '../../kit/Button.tsx';
import { baseName } from '../../kit/clip.ts';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatCount } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { AlertLine } from './AlertLine.tsx';
import styles from './DetailsPanel.module.css';
import { focusTree } from './focusTree.ts';
import { type PodAddress, scopeFilter } from './podAddress.ts';
import type { TreeState } from './useTree.ts';

export interface AlertsTabProps {
  readonly address: PodAddress;
  readonly state: TreeState;
  /** Empty: those of the whole pod or host. */
  readonly processRef: string;
  readonly onRaw: (id: string) => void;
}

/** What agents' rules said of a process, or of the pod: in order of time, or the gravest first. */
export function AlertsTab({ address, state, processRef, onRaw }: AlertsTabProps) {
  const { view } = state;
  const alerts = useInfiniteQuery(
    alertsQuery(address.caseName, questionOf(address, state, processRef)),
  );
  if (alerts.isPending) return <Skeleton label="Loading the alerts" />;
  if (alerts.isError) {
    const failure = asFailure(alerts.error);
    return (
      <ErrorState
        title="The alerts could not be loaded"
        reason={failure.message}
        code={failure.code}
        onRetry={() => void alerts.refetch()}
      />
    );
  }
  const items = alerts.data.pages.flatMap((page) => page.items);
  const total = alerts.data.pages[0]?.total ?? items.length;
  if (items.length === 0) {
    return (
      <EmptyState title={processRef === '' ? 'No alerts of this pod' : 'No alerts of this process'}>
        <p>No rule or policy of an agent in these logs spoke of it.</p>
      </EmptyState>
    );
  }
  return (
    <div className={styles.tab}>
      <ul>
        {items.map((alert) => (
          <AlertLine key={alert.id} alert={alert} view={view} onRaw={() => onRaw(alert.id)}>
            {processRef === '' && <Whom alert={alert} state={state} />}
          </AlertLine>
        ))}
      </ul>
      {alerts.hasNextPage && (
        <Button
          kind="quiet"
          isDisabled={alerts.isFetchingNextPage}
          onPress={() => void alerts.fetchNextPage()}
        >
          {formatCount(items.length)} of {formatCount(total)} · show more
        </Button>
      )}
    </div>
  );
}

/** Of a process in order of time, as it went; of a pod the gravest first. */
function questionOf(address: PodAddress, { view }: TreeState, process: string): AlertsQuestion {
  const agents = view.agents.length === 0 ? {} : { source: view.agents.join(',') };
  if (process !== '') return { process, order: 'time', ...agents };
  if (address.pod === '') return { filter: scopeFilter(address), ...agents };
  return { namespace: address.namespace, pod: address.pod, ...agents };
}

/** Whom an alert of the pod is about. */
function Whom({ alert, state }: { readonly alert: AlertItem; readonly state: TreeState }) {
  const { process } = alert;
  if (process === null) {
    return <p className={styles.aside}>no process known: it stays on the pod</p>;
  }
  const row = state.model.rowOfRef(process.ref);
  return (
    <p>
      {row < 0 ? (
        <SafeText text={baseName(process.binary)} />
      ) : (
        <button
          type="button"
          className={styles.jump}
          onClick={() => {
            state.reveal(row);
            focusTree();
          }}
        >
          <SafeText text={baseName(process.binary) || `pid ${process.pid ?? '?'}`} />
        </button>
      )}{' '}
      <SafeText mono text={process.arguments.slice(0, 120)} className={styles.aside} />
    </p>
  );
}
