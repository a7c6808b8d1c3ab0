import { filesSign, insideSign } from '@forebear/model/words/cardSigns';
import { randomNameReason } from '@forebear/model/words/nameWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { noArgumentsWords } from '@forebear/model/words/processWords';
import { memo, useMemo } from 'react';
import { clipEnd } from '../../kit/clip.ts';
import { cls } from '../../kit/cls.ts';
import { formatCount } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { visibleText } from '../../kit/visibleText.ts';
import type { View } from '../../url/view.ts';
import { describeRow, looseText } from '../../view/describe.ts';
import { ownersOf } from '../../view/figures.ts';
import { signOf } from '../../view/look.ts';
import { mark } from '../../view/marks.ts';
import { rowKind } from '../../view/rowKeys.ts';
import { argumentsOf, earlierNamesOf, textOf } from '../../view/texts.ts';
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
import { AlertFigure, HiddenAlerts } from './CardAlerts.tsx';
import { cardId } from './cardId.ts';
import styles from './GraphCard.module.css';
import { GraphPill } from './GraphPill.tsx';
import type { LabelDetail } from './graphEngine.ts';
import { PersonMark } from './PersonMark.tsx';
import { classOf } from './rowClass.ts';
import {
  countsOf,
  deltaText,
  exitText,
  groupText,
  isOtherUser,
  roleHint,
  roleWords,
  rosesToRoot,
  titleOf,
  userText,
} from './rowTexts.ts';

export interface GraphCardProps {
  readonly tree: VisibleTree;
  readonly row: number;
  readonly detail: LabelDetail;
  readonly view: View;
  readonly isActive: boolean;
  readonly isFresh: boolean;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The words of a card; its shape is on the canvas below. */
export const GraphCard = memo(function GraphCard(props: GraphCardProps) {
  const { tree, row, detail, isActive, left, top, width, height } = props;
  const canOpen = hasState(tree, row, rowState.expandable) && row > 0;
  const isPill = height < 40;
  return (
    <div
      id={cardId(row)}
      data-key={keyOf(tree, row)}
      role="treeitem"
      aria-level={tree.level[row]}
      aria-setsize={tree.setSize[row]}
      aria-posinset={tree.position[row]}
      aria-expanded={canOpen ? hasState(tree, row, rowState.expanded) : undefined}
      aria-selected={isActive}
      tabIndex={-1}
      className={cls(
        styles.card,
        styles[classOf(tree, row)],
        isPill && styles.pill,
        props.isFresh && styles.fresh,
        hasState(tree, row, rowState.dim) && styles.dim,
        hasState(tree, row, rowState.match) && styles.match,
        isSmall(detail) && styles.small,
        detail === 'none' && styles.unseen,
      )}
      style={{ left, top, width, height }}
    >
      <span className={styles.words}>{visibleText(describeRow(tree, row))}</span>
      {detail !== 'none' && !(isPill && detail === 'far') && (
        // The words above say the same, signs and numbers included.
        <span className={styles.body} aria-hidden="true">
          {isPill ? (
            <GraphPill tree={tree} row={row} isSmall={isSmall(detail)} />
          ) : (
            <CardBody {...props} />
          )}
        </span>
      )}
    </div>
  );
});

/** Only the sign and the name, as large on the screen as from near. */
function isSmall(detail: LabelDetail): boolean {
  return detail === 'name' || detail === 'far';
}

function CardBody(props: GraphCardProps) {
  const { tree, row, detail, view } = props;
  const { model } = tree;
  const kind = kindOf(tree, row);
  if (kind === rowKind.head) return <HeadBody {...props} />;
  if (kind === rowKind.loose) return <LooseBody {...props} />;
  const process = kind === rowKind.group ? (listOf(tree, row)[0] ?? -1) : processOf(tree, row);
  const sign = signOf(tree, row);
  const earlier = kind === rowKind.group ? [] : earlierNamesOf(model, process);
  const args = argumentsOf(model, process);
  return (
    <>
      <span className={styles.first}>
        {sign !== '' && (
          <span className={styles.sign} aria-hidden="true">
            {sign}
          </span>
        )}
        <span className={styles.name}>
          <SafeText text={titleOf(tree, row)} className={styles.title} />
          {kind === rowKind.group && (
            <b className={styles.times}>×{formatCount(listOf(tree, row).length)}</b>
          )}
          {earlier.length > 0 && detail === 'full' && (
            <span className={styles.earlier}>
              {'⇠ '}
              <SafeText text={earlier.join(' ⇠ ')} />
            </span>
          )}
        </span>
        {!isSmall(detail) && kind === rowKind.process && (
          <span className={styles.delta}>{deltaText(model, process, view)}</span>
        )}
      </span>
      {detail === 'full' && (
        <span className={styles.second}>
          <span className={styles.arguments}>
            {args === '' ? (
              <span className={styles.none}>{emptyArguments(model, process)}</span>
            ) : (
              <SafeText mono text={args} shown={clipEnd(args, 60)} />
            )}
          </span>
          {kind === rowKind.process && <PersonMark model={model} process={process} />}
        </span>
      )}
      {detail !== 'full' && !isSmall(detail) && kind === rowKind.process && (
        <PersonMark model={model} process={process} />
      )}
      {!isSmall(detail) && (
        <span className={styles.third}>
          {kind === rowKind.group ? (
            <span className={styles.facts}>
              <HiddenAlerts tree={tree} row={row} />
              {groupText(model, listOf(tree, row))}
            </span>
          ) : (
            <ProcessFacts {...props} process={process} />
          )}
          <Twisty tree={tree} row={row} />
        </span>
      )}
    </>
  );
}

function emptyArguments(model: TreeModel, process: number): string {
  const { nodes } = model.columns;
  return noArgumentsWords(nodes.kind[process] ?? '', textOf(model, nodes.binary[process]));
}

/** What happened to no process that is known. */
function LooseBody({ tree, row, detail }: GraphCardProps) {
  return (
    <>
      <span className={styles.first}>
        <span className={styles.sign} aria-hidden="true">
          {signOf(tree, row)}
        </span>
        <span className={styles.name}>
          <span className={styles.title}>{titleOf(tree, row)}</span>
        </span>
      </span>
      {detail === 'full' && <span className={styles.second}>{looseText(tree.model)}</span>}
      {!isSmall(detail) && (
        <span className={styles.third}>
          <span className={styles.facts}>
            <HiddenAlerts tree={tree} row={row} />
            no agent names the process
          </span>
          <Twisty tree={tree} row={row} />
        </span>
      )}
    </>
  );
}

function HeadBody({ tree, detail }: GraphCardProps) {
  const { pod } = tree.model.columns;
  const own = useMemo(() => ownersOf(tree.model).own, [tree.model]);
  const isHost = pod.kind === 'host';
  return (
    <span className={styles.head}>
      <SafeText
        text={isHost ? nodeWords(pod.pod) : pod.workload || pod.pod}
        className={styles.title}
      />
      {!isSmall(detail) && (
        <span className={styles.headFacts}>
          {isHost ? 'host' : <SafeText text={`pod · ${pod.namespace}`} />}
          {' · '}
          {formatCount(own)}
        </span>
      )}
    </span>
  );
}

/**
 * What is known of a process in one line, the gravest first: what has no room is left to the details, as a whole.
 */
function ProcessFacts({
  tree,
  row,
  detail,
  process,
}: GraphCardProps & { readonly process: number }) {
  const { model } = tree;
  const { nodes } = model.columns;
  const [word, ...words] = roleWords(model, process);
  const exit = exitText(model, process);
  const counts = countsOf(model, process);
  const loud = tree.hiddenLoud[row] ?? 0;
  const pid = nodes.pid[process];
  const isFull = detail === 'full';
  const rises = rosesToRoot(model, process);
  const user = isOtherUser(model, process) ? userText(model, process) : '';
  return (
    <span className={styles.facts}>
      {word !== undefined && (
        <b className={styles.word} title={roleHint(model, process)}>
          {word}
        </b>
      )}
      <AlertFigure count={counts.alerts} gravity={model.gravity[process] ?? 0} isBelow={false} />
      <HiddenAlerts tree={tree} row={row} />
      {counts.external > 0 && (
        <span className={styles.outside} title="external destinations">
          ⊙{formatCount(counts.external)}
        </span>
      )}
      {((model.marks[process] ?? 0) & mark.random) !== 0 && (
        <b className={styles.alerts} title={randomNameReason()}>
          ▲name
        </b>
      )}
      {rises && (
        <span title="rose to root">
          ↑<SafeText text={user} />
        </span>
      )}
      {nodes.flags[process]?.includes('policy_hit') === true && (
        <b className={styles.alerts} title="reported by a policy of the agent">
          ▲policy
        </b>
      )}
      {loud > 0 && (
        <b className={styles.loudBelow} title="flagged below">
          ⚑{formatCount(loud)}
        </b>
      )}
      {words.map((one) => (
        <b key={one} className={styles.word} title={roleHint(model, process)}>
          {one}
        </b>
      ))}
      {isFull && exit !== '' && (
        <span className={exit.startsWith('✗') ? styles.failed : undefined}>{exit}</span>
      )}
      {isFull && pid !== null && pid !== undefined && <span>pid {pid}</span>}
      {isFull && !rises && user !== '' && <SafeText text={user} />}
      {counts.inner > 0 && (
        <span title="destinations inside">
          {insideSign}
          {formatCount(counts.inner)}
        </span>
      )}
      {isFull && counts.files > 0 && (
        <span title="file events">
          {filesSign}
          {formatCount(counts.files)}
        </span>
      )}
    </span>
  );
}

function Twisty({ tree, row }: { readonly tree: VisibleTree; readonly row: number }) {
  if (!hasState(tree, row, rowState.expandable)) return null;
  const isOpen = hasState(tree, row, rowState.expanded);
  const process = processOf(tree, row);
  const children = process < 0 ? 0 : (tree.model.children[process] ?? 0);
  return (
    <span className={styles.twisty} data-twisty="" aria-hidden="true">
      {isOpen ? '▾' : '▸'}
      {!isOpen && children > 0 && formatCount(children)}
    </span>
  );
}
