import { memo, type ReactNode } from 'react';
import { Badge } from '../../kit/Badge.tsx';
import { clipEnd } from '../../kit/clip.ts';
import { cls } from '../../kit/cls.ts';
import { formatBytes, formatCount } from '../../kit/format.ts';
import { formatClock, formatExact } from '../../kit/formatTime.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { visibleText } from '../../kit/visibleText.ts';
import { describeRow } from '../../view/describe.ts';
import { rowKind } from '../../view/rowKeys.ts';
import { argumentsOf, earlierNamesOf, textOf } from '../../view/texts.ts';
import { hasState, kindOf, listOf, processOf, rowState } from '../../view/visibleTree.ts';
import { startOf } from './matchTree.ts';
import type { RowColumn } from './rowColumns.ts';
import { lookOf, signOf } from './rowIcons.ts';
import {
  countsOf,
  deltaText,
  durationText,
  exitText,
  groupText,
  rosesToRoot,
  roleWord,
  titleOf,
  userText,
} from './rowTexts.ts';
import styles from './TreeRow.module.css';
import type { TreeActions } from './treeActions.ts';
import type { TreeState } from './useTree.ts';

/** Deeper rows are not indented further: the guides would push the name out of sight. */
const MOST_INDENT = 24;
const STEP = 14;

export interface TreeRowProps {
  readonly state: TreeState;
  readonly actions: TreeActions;
  readonly row: number;
  readonly columns: readonly RowColumn[];
  readonly template: string;
  readonly top?: number;
  /** Drawn a second time at the top of the list: for the eye only. */
  readonly isCopy?: boolean;
  readonly onPress?: () => void;
}

export const TreeRow = memo(function TreeRow(props: TreeRowProps) {
  const { state, actions, row, columns, template, top, isCopy = false, onPress } = props;
  const { tree, activeRow } = state;
  const isActive = row === activeRow;
  const canOpen = hasState(tree, row, rowState.expandable);
  const isOpen = hasState(tree, row, rowState.expanded);
  const look = lookOf(tree, row);
  const className = cls(
    styles.row,
    styles[look],
    isActive && styles.active,
    hasState(tree, row, rowState.dim) && styles.dim,
    hasState(tree, row, rowState.match) && styles.match,
    isCopy && styles.copy,
  );
  const style = {
    gridTemplateColumns: template,
    ...(top === undefined ? {} : { transform: `translateY(${top}px)` }),
  };
  const press = () => {
    if (onPress !== undefined) onPress();
    else if (!isActive) state.go(row);
  };
  if (isCopy) {
    return (
      <div className={className} style={style} onClick={press}>
        {columns.map((column) => (
          <Cell key={column.id} column={column} state={state} row={row} />
        ))}
      </div>
    );
  }
  return (
    <div
      role="row"
      data-row={row}
      tabIndex={isActive || (activeRow < 0 && row === 0) ? 0 : -1}
      aria-rowindex={row + 2}
      aria-level={tree.level[row]}
      aria-setsize={tree.setSize[row]}
      aria-posinset={tree.position[row]}
      aria-expanded={canOpen ? isOpen : undefined}
      aria-selected={isActive}
      aria-label={visibleText(describeRow(tree, row))}
      className={className}
      style={style}
      onClick={press}
      onDoubleClick={() => {
        if (canOpen) state.toggle(row);
        else actions.openRow(row);
      }}
      onKeyDown={undefined}
    >
      {columns.map((column) => (
        <Cell key={column.id} column={column} state={state} row={row} isGridCell />
      ))}
    </div>
  );
});

interface CellProps {
  readonly column: RowColumn;
  readonly state: TreeState;
  readonly row: number;
  readonly isGridCell?: boolean;
}

function Cell({ column, state, row, isGridCell = false }: CellProps) {
  return (
    <div
      role={isGridCell ? 'gridcell' : undefined}
      className={cls(styles.cell, column.align === 'end' && styles.end, styles[column.id])}
    >
      {contentOf(column, state, row)}
    </div>
  );
}

function contentOf(column: RowColumn, state: TreeState, row: number): ReactNode {
  const { tree, model, view } = state;
  const process = processOf(tree, row);
  if (column.id === 'process') return <NameCell state={state} row={row} />;
  if (column.id === 'arguments') return <ArgumentsCell state={state} row={row} />;
  if (process < 0) return null;
  switch (column.id) {
    case 'delta':
      return deltaText(model, process, view);
    case 'start': {
      const at = startOf(model, process);
      if (at === undefined) return <span className={styles.none}>no time</span>;
      return <span title={formatExact(at, view.zone)}>{formatClock(at, view.zone, 'ms')}</span>;
    }
    case 'duration':
      return durationText(model, process);
    case 'exit': {
      const text = exitText(model, process);
      return <span className={text.startsWith('✗') ? styles.failed : undefined}>{text}</span>;
    }
    case 'pid':
      return model.columns.nodes.pid[process] ?? '';
    case 'user':
      return (
        <>
          {rosesToRoot(model, process) && <span title="Rose to root">↑</span>}
          <SafeText text={userText(model, process)} />
        </>
      );
    case 'net':
      return <NetCounts state={state} process={process} />;
  }
}

function NameCell({ state, row }: { readonly state: TreeState; readonly row: number }) {
  const { tree, model } = state;
  const kind = kindOf(tree, row);
  const process = processOf(tree, row);
  const level = Math.min((tree.level[row] ?? 1) - 1, MOST_INDENT);
  const sign = signOf(tree, row);
  const earlier = process < 0 ? [] : earlierNamesOf(model, process);
  const word = process < 0 ? '' : roleWord(model, process);
  const hiddenLoud = tree.hiddenLoud[row] ?? 0;
  const hiddenAlerts = tree.hiddenAlerts[row] ?? 0;
  const own = process < 0 ? 0 : countsOf(model, process).alerts;
  return (
    <>
      <span className={styles.guides} style={{ width: level * STEP }} aria-hidden="true" />
      <Twisty state={state} row={row} />
      <span
        className={cls(styles.sign, kind === rowKind.leaf && styles.leafSign)}
        aria-hidden="true"
      >
        {sign}
      </span>
      <span className={styles.name}>
        <SafeText text={titleOf(tree, row)} className={styles.title} />
        {kind === rowKind.leaf && (
          <span className={styles.port}>
            :{model.columns.connections.port[tree.item[row] ?? -1]}
          </span>
        )}
        {kind === rowKind.group && (
          <span className={styles.times}>×{formatCount(listOf(tree, row).length)}</span>
        )}
        {earlier.length > 0 && (
          <span className={styles.quiet}>
            {' ⇠ '}
            <SafeText text={earlier.join(' ⇠ ')} />
          </span>
        )}
      </span>
      {word !== '' && (
        <span className={cls(styles.word, styles[`${lookOf(tree, row)}Word`])}>{word}</span>
      )}
      {hiddenLoud > 0 && (
        <Badge tone="late" label={`${hiddenLoud} late and new below`}>
          {formatCount(hiddenLoud)}
        </Badge>
      )}
      {own + hiddenAlerts > 0 && (
        <Badge tone="alert" label={`${own + hiddenAlerts} alerts`}>
          {formatCount(own + hiddenAlerts)}
        </Badge>
      )}
    </>
  );
}

function Twisty({ state, row }: { readonly state: TreeState; readonly row: number }) {
  const { tree } = state;
  if (row === 0 || !hasState(tree, row, rowState.expandable))
    return <span className={styles.noTwisty} />;
  const isOpen = hasState(tree, row, rowState.expanded);
  return (
    <span
      className={styles.twisty}
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation();
        state.toggle(row);
      }}
    >
      {isOpen ? '▾' : '▸'}
    </span>
  );
}

function ArgumentsCell({ state, row }: { readonly state: TreeState; readonly row: number }) {
  const { tree, model } = state;
  const kind = kindOf(tree, row);
  if (kind === rowKind.head)
    return <SafeText text={model.columns.pod.namespace} className={styles.quiet} />;
  if (kind === rowKind.group) {
    const list = listOf(tree, row);
    return (
      <>
        <span className={styles.quiet}>{groupText(model, list)}</span>
        <SafeText mono text={clipEnd(argumentsOf(model, list[0] ?? -1), 300)} />
      </>
    );
  }
  if (kind === rowKind.leaf) return <LeafWords state={state} row={row} />;
  const process = processOf(tree, row);
  if (process < 0) return null;
  const text = argumentsOf(model, process);
  // A row never shows more than some hundred characters; the whole is in the details.
  return <SafeText mono text={text.length > 400 ? clipEnd(text, 400) : text} />;
}

/** What a connection carried, why it is called so, and where it leads. */
function LeafWords({ state, row }: { readonly state: TreeState; readonly row: number }) {
  const { model, tree } = state;
  const { connections } = model.columns;
  const leaf = tree.item[row] ?? -1;
  const sent = connections.bytesSent[leaf] ?? '0';
  const received = connections.bytesReceived[leaf] ?? '0';
  const evidence = textOf(model, connections.nameEvidence[leaf]).replaceAll('_', ' ');
  const peer = textOf(model, connections.peerPod[leaf]);
  return (
    <>
      {connections.scope[leaf] === 'public' && <span className={styles.external}>EXTERNAL</span>}
      {connections.randomName[leaf] === 1 && (
        <span className={styles.external} title="The name looks machine-made">
          RANDOM NAME
        </span>
      )}
      <span className={styles.bytes} title={`${sent} bytes sent, ${received} received`}>
        ×{formatCount(connections.times[leaf] ?? 0)} ↑{formatBytes(sent)} ↓{formatBytes(received)}
      </span>
      <span className={styles.quiet}>
        {evidence !== '' && `named by ${evidence}`}
        {peer !== '' && (
          <>
            {' · → '}
            <SafeText text={peer} />
          </>
        )}
      </span>
    </>
  );
}

function NetCounts({ state, process }: { readonly state: TreeState; readonly process: number }) {
  const { inner, external } = countsOf(state.model, process);
  return (
    <span className={styles.counts}>
      {inner > 0 && <span title={`${inner} destinations inside`}>⇄{formatCount(inner)}</span>}
      {external > 0 && (
        <span className={styles.outside} title={`${external} external destinations`}>
          ⊙{formatCount(external)}
        </span>
      )}
    </span>
  );
}
