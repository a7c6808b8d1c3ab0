import { agentWords } from '@forebear/model/words/agentWords';
import { authorWords } from '@forebear/model/words/authorWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../kit/Button.tsx';
import { Chip } from '../../kit/Chip.tsx';
import { Fact } from '../../kit/Facts.tsx';
import { formatCount, formatDuration, formatNoun } from '../../kit/format.ts';
import { formatClock, momentOfMicros } from '../../kit/formatTime.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { groupFacts } from '../../view/groupFacts.ts';
import { rowKind } from '../../view/rowKeys.ts';
import { argumentsOf, nameOf } from '../../view/texts.ts';
import { kindOf, listOf } from '../../view/visibleTree.ts';
import { CallList } from './CallList.tsx';
import styles from './DetailsPanel.module.css';
import { FactGroup } from './FactGroup.tsx';
import type { PodAddress } from './podAddress.ts';
import { titleOf } from './rowTexts.ts';
import { creationOf, usePodCalls } from './usePodCalls.ts';
import type { TreeState } from './useTree.ts';

const MOST_LISTED = 200;
const NO_LIST = new Int32Array(0);

export interface RowSummaryProps {
  readonly state: TreeState;
  readonly onClose: () => void;
  /** What is known of it, where it is no folded row. */
  readonly children?: ReactNode;
}

/** What is known of a row that is no process: the pod, what has no process, a folded group, a capsule, the rest. */
export function RowSummary({ state, onClose, children }: RowSummaryProps) {
  const { tree } = state;
  // With nothing selected it is the pod.
  const activeRow = Math.max(0, state.activeRow);
  const list = children === undefined ? listOf(tree, activeRow) : NO_LIST;
  return (
    <>
      <header className={styles.title}>
        <div className={styles.nameLine}>
          <h2>
            <SafeText text={titleOf(tree, activeRow)} />
            {kindOf(tree, activeRow) === rowKind.group && ` ×${formatCount(list.length)}`}
          </h2>
          <span className={styles.close}>
            <IconButton icon={<X aria-hidden="true" />} label="Close details" onPress={onClose} />
          </span>
        </div>
      </header>
      {children ?? <Members state={state} list={list} />}
    </>
  );
}

function Members({ state, list }: { readonly state: TreeState; readonly list: Int32Array }) {
  const { model } = state;
  return (
    <div className={styles.tab}>
      <ListFacts state={state} list={list} />
      {list.length > 0 && (
        <section className={styles.group}>
          <h3>
            {list.length > MOST_LISTED
              ? `The first ${MOST_LISTED} of ${formatCount(list.length)}`
              : formatNoun(list.length, 'process', 'processes')}
          </h3>
          <ul className={styles.members}>
            {Array.from(list.subarray(0, MOST_LISTED), (process) => (
              <li key={process}>
                <button type="button" className={styles.jump} onClick={() => state.reveal(process)}>
                  <SafeText text={nameOf(model, process)} />
                </button>{' '}
                <span className={styles.aside}>{model.columns.nodes.pid[process] ?? ''}</span>{' '}
                <SafeText mono text={argumentsOf(model, process).slice(0, 200)} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function ListFacts({ state, list }: { readonly state: TreeState; readonly list: Int32Array }) {
  const { model, view, tree, activeRow } = state;
  const facts = groupFacts(model, list);
  const clock = (us: number | undefined) =>
    us === undefined ? undefined : formatClock(momentOfMicros(us, 0), view.zone, 'ms');
  return (
    <FactGroup title="Together">
      <Fact name="Processes" text={formatCount(tree.covers[activeRow] ?? list.length)} />
      <Fact name="Failed" text={formatCount(facts.failed)} />
      <Fact name="First" text={clock(facts.firstUs)} mono />
      <Fact name="Last" text={clock(facts.lastUs)} mono />
      {facts.everyMs !== undefined && (
        <Fact name="Period" text={`every ${formatDuration(facts.everyMs)}`} />
      )}
      <Fact name="Show them">
        <Button onPress={() => state.change({ shape: 'rows' })}>Open as rows</Button>
      </Fact>
    </FactGroup>
  );
}

/** Everything known of the pod or host itself. */
export function PodFacts({
  address,
  state,
}: {
  readonly address: PodAddress;
  readonly state: TreeState;
}) {
  const calls = usePodCalls(address);
  const created = creationOf(calls);
  const { agents } = state.model.answer;

  const { pod, containers } = state.model.columns;
  return (
    <div className={styles.tab}>
      <FactGroup title={pod.kind === 'host' ? 'Host' : 'Pod'}>
        <Fact name="Cluster" text={pod.cluster} />
        {pod.kind === 'pod' && <Fact name="Namespace" text={pod.namespace} />}
        <Fact name="Name" text={nodeWords(pod.pod)} copy={pod.pod} />
        {pod.kind === 'pod' && <Fact name="UID" text={pod.uid} mono copy={pod.uid} />}
        {pod.kind === 'pod' && <Fact name="Workload" text={pod.workload} />}
        <Fact name="Node" text={nodeWords(pod.node)} />
        {pod.kind === 'pod' && created !== undefined && (
          <Fact name="Created by">
            <SafeText text={authorWords(created)} />
            <span className={styles.aside}>
              {' · '}
              <TimeText time={created.time} zone={state.view.zone} digits="ms" day />
            </span>
          </Fact>
        )}
        <Fact name="Told by" text={agents.map(({ agent }) => agentWords(agent)).join(', ')} />
        {pod.kind === 'pod' && (
          <Fact name="Labels" unknown="none">
            {pod.labels.length === 0 ? undefined : (
              <span className={styles.chips}>
                {pod.labels.map((label) => (
                  <Chip key={label} mono>
                    <SafeText text={label} />
                  </Chip>
                ))}
              </span>
            )}
          </Fact>
        )}
      </FactGroup>
      <CallList calls={calls} state={state} />
      {containers.map((container) => (
        <FactGroup
          key={container.id}
          title={`Container ${container.kind === 'main' ? '' : container.kind}`}
        >
          <Fact name="Name" text={container.name} />
          <Fact name="ID" text={container.id} mono copy={container.id} />
          <Fact name="Image" text={container.image} mono />
          <Fact name="Start" text={container.startTime} mono />
          <Fact
            name="Main"
            text={container.main < 0 ? 'not in this log' : nameOf(state.model, container.main)}
          />
        </FactGroup>
      ))}
    </div>
  );
}
