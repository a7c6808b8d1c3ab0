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
import { kindOf, type VisibleTree } from '../../view/visibleTree.ts';
import { HiddenAlerts } from './CardAlerts.tsx';
import styles from './GraphCard.module.css';
import { hindranceTitle, titleOf } from './rowTexts.ts';

export interface GraphPillProps {
  readonly tree: VisibleTree;
  readonly row: number;
  /** Only the sign and the name, as large on the screen as from near. */
  readonly isSmall: boolean;
}

/** The words of a pill: a connection, several in one, a capsule, the rest, a rule. */
export function GraphPill({ tree, row, isSmall }: GraphPillProps) {
  const { model } = tree;
  const kind = kindOf(tree, row);
  const sign = signOf(tree, row);
  const loud = tree.hiddenLoud[row] ?? 0;
  if (kind === rowKind.looseRule) return <RulePill tree={tree} row={row} />;
  if (kind !== rowKind.leaf) {
    return (
      <span className={styles.pillLine}>
        {sign !== '' && <span aria-hidden="true">{sign}</span>}
        <span className={styles.pillText}>{titleOf(tree, row)}</span>
        {loud > 0 && <b className={styles.loudBelow}>⚑{formatCount(loud)}</b>}
        <HiddenAlerts tree={tree} row={row} />
        <span data-twisty="" className={styles.pillTwisty} aria-hidden="true">
          ▸
        </span>
      </span>
    );
  }
  const { connections } = model.columns;
  const leaf = tree.item[row] ?? -1;
  const isOutside = isExternal(model.columns, leaf);
  const hindrance = hindranceOf(model.columns, leaf);
  const isListen = connections.direction[leaf] === 'listen';
  const name = titleOf(tree, row);
  const peer = textOf(model, connections.peerPod[leaf]);
  return (
    <span className={cls(styles.pillLine, isOutside && hindrance === '' && styles.external)}>
      <span aria-hidden="true">{sign}</span>
      <SafeText
        text={isListen ? 'listens' : name}
        {...(isListen || peer === '' ? {} : { shown: baseName(name) })}
        className={cls(styles.pillText, styles.leafName)}
      />
      <span className={styles.port}>
        {connections.direction[leaf] === 'inbound' && 'on '}:{connections.port[leaf]}
      </span>
      {!isSmall && (
        <span
          className={styles.traffic}
          title={`${exactBytes(connections.bytesSent[leaf] ?? null)} sent, ${exactBytes(connections.bytesReceived[leaf] ?? null)} received`}
        >
          {(connections.times[leaf] ?? 0) > 1 && `×${formatCount(connections.times[leaf] ?? 0)} `}
          {typeof connections.bytesSent[leaf] === 'string' &&
            `↑${formatTraffic(connections.bytesSent[leaf] ?? '0')} `}
          {typeof connections.bytesReceived[leaf] === 'string' &&
            `↓${formatTraffic(connections.bytesReceived[leaf] ?? '0')}`}
        </span>
      )}
      {/* Words that the sign says, too: they show when there is room for the whole of them. */}
      <span className={styles.pillWords}>
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

/** One rule that spoke of the pod, and of no process. */
function RulePill({ tree, row }: { readonly tree: VisibleTree; readonly row: number }) {
  const told = tree.model.loose.rules[tree.item[row] ?? -1];
  if (told === undefined) return null;
  const { severity, rule, source, blocked, alerts } = told;
  const words = `${severity}, ${agentWords(source)}${blocked ? ', blocked' : ''}`;
  return (
    <span className={styles.pillLine} title={visibleText(`${rule}: ${words}`)}>
      <b
        className={cls(styles.ruleSign, isGrave(gravityOf(severity)) && styles.alerts)}
        aria-hidden="true"
      >
        {severitySign(severity)}
      </b>
      <SafeText text={rule} className={cls(styles.pillText, styles.leafName)} />
      {alerts.length > 1 && <span className={styles.port}>×{formatCount(alerts.length)}</span>}
      <span className={styles.pillWords}>
        {blocked && <b className={styles.hindrance}>BLOCKED</b>}
        <span className={styles.traffic}>{severity}</span>
      </span>
    </span>
  );
}
