import { agentWords } from '@forebear/model/words/agentWords';
import { evidenceWords } from '@forebear/model/words/evidenceWords';
import { podTextWords } from '@forebear/model/words/podWords';
import { severitySign } from '@forebear/model/words/severityWords';
import { memo, type ReactNode } from 'react';
import { Badge } from '../../kit/Badge.tsx';
import { clipEnd } from '../../kit/clip.ts';
import { cls } from '../../kit/cls.ts';
import { exactBytes, formatCount, formatTraffic } from '../../kit/format.ts';
import { formatClock, formatExact } from '../../kit/formatTime.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { visibleText } from '../../kit/visibleText.ts';
import type { View } from '../../url/view.ts';
import { describeRow, looseText } from '../../view/describe.ts';
import { isExternal } from '../../view/external.ts';
import { signOf } from '../../view/look.ts';
import { openEndOf } from '../../view/openEnd.ts';
import { rowKind } from '../../view/rowKeys.ts';
import { gravityOf, isGrave } from '../../view/severities.ts';
import { argumentsOf, earlierNamesOf, peerWords, textOf } from '../../view/texts.ts';
import type { TreeModel } from '../../view/treeModel.ts';
import {
  hasState,
  keyOf,
  kindOf,
  listOf,
  processOf,
  rowState,
  type VisibleTree,
} from '../../view/visibleTree.ts';
import { AlertMark } from './AlertMark.tsx';
import { startOf } from './matchTree.ts';
import { PersonMark } from './PersonMark.tsx';
import { LeafMarks, ProcessMarks } from './RowMarks.tsx';
import { classOf } from './rowClass.ts';
import type { RowColumn } from './rowColumns.ts';
import {
  countsOf,
  deltaText,
  durationText,
  exitText,
  groupText,
  rosesToRoot,
  titleOf,
  userText,
} from './rowTexts.ts';
import styles from './TreeRow.module.css';

/** Pixels per level: whole steps first, then small ones, then none, so that the name stays in sight. */
function indentOf(level: number): number {
  const deep = Math.max(0, level - WHOLE_STEPS);
  return Math.min(level, WHOLE_STEPS) * STEP + Math.min(deep, SMALL_STEPS) * SMALL_STEP;
}

const STEP = 14;
const WHOLE_STEPS = 9;
const SMALL_STEP = 3;
const SMALL_STEPS = 20;

export interface TreeRowProps {
  readonly tree: VisibleTree;
  readonly view: View;
  readonly row: number;
  readonly isActive: boolean;
  readonly isFresh?: boolean;
  /** The row that Tab leads to. */
  readonly isTabStop: boolean;
  readonly columns: readonly RowColumn[];
  readonly template: string;
  readonly top?: number;
  /** Drawn a second time at the top of the list: for the eye only. */
  readonly isCopy?: boolean;
}

/** One row of the tree. Pressing it is the grid's business, so that a thousand rows share one listener. */
export const TreeRow = memo(function TreeRow(props: TreeRowProps) {
  const { tree, view, row, isActive, isTabStop, columns, template, top, isCopy = false } = props;
  const { isFresh = false } = props;
  const canOpen = hasState(tree, row, rowState.expandable);
  const className = cls(
    styles.row,
    styles[classOf(tree, row)],
    isActive && styles.active,
    isFresh && styles.fresh,
    hasState(tree, row, rowState.dim) && styles.dim,
    hasState(tree, row, rowState.match) && styles.match,
    isCopy && styles.copy,
  );
  const style = {
    gridTemplateColumns: template,
    ...(top === undefined ? {} : { transform: `translateY(${top}px)` }),
  };
  if (isCopy) {
    return (
      <div className={className} style={style} data-copy-of={row}>
        {cellsOf(tree, row, columns).map((cell) => (
          <Cell key={cell.column.id} {...cell} tree={tree} view={view} row={row} />
        ))}
      </div>
    );
  }
  return (
    <div
      role="row"
      data-row={row}
      data-key={keyOf(tree, row)}
      tabIndex={isTabStop ? 0 : -1}
      aria-rowindex={row + 2}
      aria-level={tree.level[row]}
      aria-setsize={tree.setSize[row]}
      aria-posinset={tree.position[row]}
      aria-expanded={canOpen ? hasState(tree, row, rowState.expanded) : undefined}
      aria-selected={isActive}
      aria-label={visibleText(describeRow(tree, row))}
      className={className}
      style={style}
    >
      {cellsOf(tree, row, columns).map((cell) => (
        <Cell key={cell.column.id} {...cell} tree={tree} view={view} row={row} isGridCell />
      ))}
    </div>
  );
});

/** A connection has no times and no user: its name and words take the whole row, so that neither is cut. */
function cellsOf(tree: VisibleTree, row: number, columns: readonly RowColumn[]) {
  const [first] = columns;
  if (tree.kind[row] === rowKind.leaf && first !== undefined) {
    return [{ column: first, span: columns.length }];
  }
  return columns.map((column) => ({ column, span: 1 }));
}

interface RowProps {
  readonly tree: VisibleTree;
  readonly row: number;
}

interface CellProps extends RowProps {
  readonly column: RowColumn;
  /** Columns it takes. */
  readonly span: number;
  readonly view: View;
  readonly isGridCell?: boolean;
}

function Cell({ column, span, tree, view, row, isGridCell = false }: CellProps) {
  return (
    <div
      role={isGridCell ? 'gridcell' : undefined}
      aria-colspan={isGridCell && span > 1 ? span : undefined}
      style={span > 1 ? { gridColumn: `span ${span}` } : undefined}
      className={cls(
        styles.cell,
        column.align === 'end' && styles.end,
        styles[column.id],
        span > 1 && styles.spans,
      )}
    >
      {contentOf(column, tree, view, row)}
      {span > 1 && <LeafWords tree={tree} row={row} />}
    </div>
  );
}

function contentOf(column: RowColumn, tree: VisibleTree, view: View, row: number): ReactNode {
  const { model } = tree;
  const process = processOf(tree, row);
  if (column.id === 'process') return <NameCell tree={tree} row={row} />;
  if (column.id === 'arguments') return <ArgumentsCell tree={tree} row={row} />;
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
    case 'exit':
      return <ExitCell model={model} process={process} />;
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
      return <NetCounts model={model} process={process} />;
  }
}

function NameCell({ tree, row }: RowProps) {
  const { model } = tree;
  const kind = kindOf(tree, row);
  const process = processOf(tree, row);
  const sign = signOf(tree, row);
  const earlier = process < 0 ? [] : earlierNamesOf(model, process);
  const hiddenLoud = tree.hiddenLoud[row] ?? 0;
  const hiddenAlerts = tree.hiddenAlerts[row] ?? 0;
  const own = process < 0 ? 0 : countsOf(model, process).alerts;
  return (
    <>
      <span
        className={styles.guides}
        style={{ width: indentOf((tree.level[row] ?? 1) - 1) }}
        aria-hidden="true"
      />
      <Twisty tree={tree} row={row} />
      <span
        className={cls(styles.sign, isExternalLeaf(tree, row) && styles.externalSign)}
        aria-hidden="true"
      >
        {sign}
      </span>
      <span className={kind === rowKind.leaf ? styles.bare : styles.called}>
        <span className={cls(styles.name, kind === rowKind.leaf && styles.whole)}>
          <SafeText text={titleOf(tree, row)} className={styles.title} />
          {kind === rowKind.leaf && (
            <span className={styles.port}>
              {model.columns.connections.direction[tree.item[row] ?? -1] === 'inbound' && ' on '}:
              {model.columns.connections.port[tree.item[row] ?? -1]}
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
        {kind !== rowKind.leaf && (
          <ProcessMarks tree={tree} row={row}>
            {hiddenLoud > 0 && (
              <Badge tone="late" sign="⚑" label={`${hiddenLoud} flagged below`}>
                {formatCount(hiddenLoud)}
              </Badge>
            )}
            <AlertMark count={own} gravity={model.gravity[process] ?? 0} />
            <AlertMark count={hiddenAlerts} gravity={tree.hiddenGravity[row] ?? 0} isBelow />
            {kind === rowKind.looseRule && <RuleMark tree={tree} row={row} />}
          </ProcessMarks>
        )}
      </span>
    </>
  );
}

/** Only what leads outside has the colour of that. */
function isExternalLeaf(tree: VisibleTree, row: number): boolean {
  if (kindOf(tree, row) !== rowKind.leaf) return false;
  return isExternal(tree.model.columns, tree.item[row] ?? -1);
}

function Twisty({ tree, row }: RowProps) {
  if (row === 0 || !hasState(tree, row, rowState.expandable))
    return <span className={styles.noTwisty} />;
  const isOpen = hasState(tree, row, rowState.expanded);
  return (
    <span className={styles.twisty} data-twisty="" aria-hidden="true">
      {isOpen ? '▾' : '▸'}
    </span>
  );
}

function ArgumentsCell({ tree, row }: RowProps) {
  const { model } = tree;
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
  if (kind === rowKind.loose) return <span className={styles.quiet}>{looseText(model)}</span>;
  if (kind === rowKind.looseRule) return <RuleOutput tree={tree} row={row} />;
  if (kind === rowKind.leaf) return <LeafWords tree={tree} row={row} />;
  const process = processOf(tree, row);
  if (process < 0) return null;
  const text = argumentsOf(model, process);
  // A row never shows more than some hundred characters; the whole is in the details.
  return (
    <>
      <PersonMark model={model} process={process} />
      <SafeText mono text={text.length > 400 ? clipEnd(text, 400) : text} />
    </>
  );
}

/** How grave what a rule said of the pod is, and how often it did. */
function RuleMark({ tree, row }: RowProps) {
  const told = tree.model.loose.rules[tree.item[row] ?? -1];
  if (told === undefined) return null;
  const { severity, source, blocked, alerts } = told;
  return (
    <>
      <Badge
        tone={isGrave(gravityOf(severity)) ? 'alert' : 'plain'}
        sign={severitySign(severity)}
        title={`${severity}, ${agentWords(source)}`}
      >
        {severity}
      </Badge>
      {alerts.length > 1 && <span className={styles.times}>×{formatCount(alerts.length)}</span>}
      {blocked && <Badge tone="alert">BLOCKED</Badge>}
    </>
  );
}

/** What the agent says to people in the first of them. */
function RuleOutput({ tree, row }: RowProps) {
  const { output = '' } = tree.model.loose.rules[tree.item[row] ?? -1]?.alerts[0] ?? {};
  return <SafeText text={output.length > 400 ? clipEnd(output, 400) : output} />;
}

/** What a connection carried, why it is called so, and where it leads. */
function LeafWords({ tree, row }: RowProps) {
  const { model } = tree;
  const { connections } = model.columns;
  const leaf = tree.item[row] ?? -1;
  const sent = connections.bytesSent[leaf] ?? null;
  const received = connections.bytesReceived[leaf] ?? null;
  const evidence = textOf(model, connections.nameEvidence[leaf]);
  const peer = podTextWords(textOf(model, connections.peerPod[leaf]));
  return (
    <>
      <LeafMarks model={model} leaf={leaf} />
      <span
        className={styles.bytes}
        title={`${exactBytes(sent)} sent, ${exactBytes(received)} received`}
      >
        ×{formatCount(connections.times[leaf] ?? 0)} ↑{formatTraffic(sent)} ↓
        {formatTraffic(received)}
      </span>
      <span className={styles.quiet}>
        {peer !== '' && (
          <>
            {'→ '}
            {peer !== textOf(model, connections.name[leaf]) && (
              <>
                <SafeText text={peer} />
                {' · '}
              </>
            )}
            {peerWords(model, leaf)}
            {evidence !== '' && ' · '}
          </>
        )}
        {evidence !== '' && <SafeText text={evidenceWords(evidence)} />}
      </span>
    </>
  );
}

/** How it ended, or what is known of an end that the log does not hold. */
function ExitCell({ model, process }: { readonly model: TreeModel; readonly process: number }) {
  const open = openEndOf(model, process);
  if (open === undefined) {
    const text = exitText(model, process);
    return <span className={text.startsWith('✗') ? styles.failed : undefined}>{text}</span>;
  }
  const title =
    open === 'alive'
      ? 'Alive at end of log: no exit of it in this log'
      : 'End unknown: no agent here reports exits';
  return (
    <span className={styles.none} title={title}>
      {open === 'alive' ? 'alive' : 'unknown'}
    </span>
  );
}

function NetCounts({ model, process }: { readonly model: TreeModel; readonly process: number }) {
  const { inner, external } = countsOf(model, process);
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
