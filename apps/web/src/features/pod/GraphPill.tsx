import { agentWords } from '@forebear/model/words/agentWords';
import { randomNameMark, randomNameReason } from '@forebear/model/words/nameWords';
import { severitySign } from '@forebear/model/words/severityWords';
import { baseName } from '../../kit/clip.ts';
import { cls } from '../../kit/cls.ts';
import { exactBytes, formatCount, formatTraffic } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { visibleText } from '../../kit/visibleText.ts';
import { hindranceOf, isExternal } from '../../view/external.ts';
import { signOf } from '../../view/look.ts';
import { rowKind } from '../../view/rowKeys.ts';
import { gravityOf, isGrave } from '../../view/severities.ts';
import { peerWords, textOf } from '../../view/texts.ts';
import { hasState, kindOf, rowState, type VisibleTree } from '../../view/visibleTree.ts';
import { HiddenAlerts } from './CardAlerts.tsx';
import styles from './GraphPill.module.css';
import { hindranceTitle, titleOf } from './rowTexts.ts';

export interface GraphPillProps {
  readonly tree: VisibleTree;
  readonly row: number;
  /** Only the sign and the name, as large on the screen as from near. */
  readonly isSmall: boolean;
}

/** The words of a pill: a connection, several in one, a capsule, the rest, a rule. */
export function GraphPill({ tree, row, isSmall }: GraphPillProps) {
  const kind = kindOf(tree, row);
  const lineStyle = cls(
    styles.line,
    isSmall && styles.small,
    hasState(tree, row, rowState.dim) && styles.dim,
  );
  if (kind === rowKind.looseRule) return <RulePill tree={tree} row={row} lineStyle={lineStyle} />;
  if (kind !== rowKind.leaf) return <FoldPill tree={tree} row={row} lineStyle={lineStyle} />;
  return <LeafPill tree={tree} row={row} lineStyle={lineStyle} isSmall={isSmall} />;
}

interface PillProps {
  readonly tree: VisibleTree;
  readonly row: number;
  readonly lineStyle: string;
}

/** Several in one: what is folded, or the rest of them. */
function FoldPill({ tree, row, lineStyle }: PillProps) {
  const sign = signOf(tree, row);
  const loud = tree.hiddenLoud[row] ?? 0;
  return (
    <span className={lineStyle}>
      {sign !== '' && <span aria-hidden="true">{sign}</span>}
      <span className={styles.text}>{titleOf(tree, row)}</span>
      {loud > 0 && <b className={styles.loudBelow}>⚑{formatCount(loud)}</b>}
      <HiddenAlerts tree={tree} row={row} />
      <span data-twisty="" className={styles.twisty} aria-hidden="true">
        ▸
      </span>
    </span>
  );
}

/** A connection: whom, on which port, how much. */
function LeafPill({ tree, row, lineStyle, isSmall }: PillProps & { readonly isSmall: boolean }) {
  const { model } = tree;
  const { connections } = model.columns;
  const leaf = tree.item[row] ?? -1;
  const isOutside = isExternal(model.columns, leaf);
  const hindrance = hindranceOf(model.columns, leaf);
  const isListen = connections.direction[leaf] === 'listen';
  const name = titleOf(tree, row);
  const peer = textOf(model, connections.peerPod[leaf]);
  return (
    <span
      className={cls(
        lineStyle,
        hindrance !== '' && styles.refused,
        isOutside && hindrance === '' && styles.external,
      )}
    >
      <span aria-hidden="true">{signOf(tree, row)}</span>
      <SafeText
        text={isListen ? 'listens' : name}
        {...(isListen || peer === '' ? {} : { shown: baseName(name) })}
        className={cls(styles.text, styles.leafName)}
      />
      <span className={styles.port}>
        {connections.direction[leaf] === 'inbound' && 'on '}:{connections.port[leaf]}
      </span>
      {!isSmall && <Traffic tree={tree} leaf={leaf} />}
      {/* Words that the sign says, too: they show when there is room for the whole of them. */}
      <span className={styles.words}>
        {hindrance !== '' && (
          <b className={styles.hindrance} title={hindranceTitle(model, leaf, hindrance)}>
            {visibleText(hindrance)}
          </b>
        )}
        {connections.randomName[leaf] === 1 && (
          <b className={styles.externalWord} title={randomNameReason()}>
            {randomNameMark}
          </b>
        )}
        {isOutside && <b className={styles.externalWord}>EXTERNAL</b>}
      </span>
      {peer !== '' && (
        <span
          className={styles.peer}
          title={`Enter opens the process in ${visibleText(peer)}: ${peerWords(model, leaf)}`}
        >
          {connections.peerConfidence[leaf] !== 'certain' && (
            <span className={styles.unsure}>{connections.peerConfidence[leaf]}</span>
          )}
          →
        </span>
      )}
    </span>
  );
}

/** How often, and how many bytes each way. */
function Traffic({ tree, leaf }: { readonly tree: VisibleTree; readonly leaf: number }) {
  const { times, bytesSent, bytesReceived } = tree.model.columns.connections;
  const sent = bytesSent[leaf] ?? null;
  const received = bytesReceived[leaf] ?? null;
  return (
    <span
      className={styles.traffic}
      title={`${exactBytes(sent)} sent, ${exactBytes(received)} received`}
    >
      {(times[leaf] ?? 0) > 1 && `×${formatCount(times[leaf] ?? 0)} `}
      {sent !== null && `↑${formatTraffic(sent)} `}
      {received !== null && `↓${formatTraffic(received)}`}
    </span>
  );
}

/** One rule that spoke of the pod, and of no process. */
function RulePill({ tree, row, lineStyle }: PillProps) {
  const told = tree.model.loose.rules[tree.item[row] ?? -1];
  if (told === undefined) return null;
  const { severity, rule, source, blocked, alerts } = told;
  const words = `${severity}, ${agentWords(source)}${blocked ? ', blocked' : ''}`;
  return (
    <span className={lineStyle} title={visibleText(`${rule}: ${words}`)}>
      <b
        className={cls(styles.sign, isGrave(gravityOf(severity)) && styles.grave)}
        aria-hidden="true"
      >
        {severitySign(severity)}
      </b>
      <SafeText text={rule} className={cls(styles.text, styles.leafName)} />
      {alerts.length > 1 && <span className={styles.port}>×{formatCount(alerts.length)}</span>}
      <span className={styles.words}>
        {blocked && <b className={styles.hindrance}>BLOCKED</b>}
        <span className={styles.traffic}>{severity}</span>
      </span>
    </span>
  );
}
