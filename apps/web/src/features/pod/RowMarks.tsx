import { randomNameMark, randomNameReason } from '@forebear/model/words/nameWords';
import { Badge } from '../../kit/Badge.tsx';
import { cls } from '../../kit/cls.ts';
import { isExternal } from '../../view/external.ts';
import { mark } from '../../view/marks.ts';
import type { TreeModel } from '../../view/treeModel.ts';
import { hasState, processOf, rowState, type VisibleTree } from '../../view/visibleTree.ts';
import styles from './RowMarks.module.css';
import { classOf } from './rowClass.ts';
import { roleHint, roleWords, rosesToRoot, shortWord } from './rowTexts.ts';

/** Its role in the story: as many of its words as there is room for, each whole; for the last of room a shorter one. */
export function RoleWords({ tree, row }: { readonly tree: VisibleTree; readonly row: number }) {
  const { model } = tree;
  const process = processOf(tree, row);
  const words = process < 0 ? [] : roleWords(model, process);
  if (words.length === 0) return null;
  const short = shortWord(words);
  return (
    <span
      className={cls(
        styles.fitting,
        styles.words,
        styles[`${classOf(tree, row)}Words`],
        short !== '' && styles.shortened,
        hasState(tree, row, rowState.dim) && styles.dim,
      )}
      data-short={short}
      title={roleHint(model, process) ?? words.join(' · ')}
    >
      {words.map((word, at) => (
        <span key={word} className={styles.word}>
          {at > 0 && ' · '}
          {word}
        </span>
      ))}
    </span>
  );
}

/** What the graph says on the way from the parent: a link that fails a check, a rise to root. */
export function LinkMarks({
  model,
  process,
}: {
  readonly model: TreeModel;
  readonly process: number;
}) {
  const isSuspect = ((model.marks[process] ?? 0) & mark.suspect) !== 0;
  return (
    <>
      {model.columns.nodes.flags[process]?.includes('policy_hit') === true && (
        <Badge tone="alert" title="A policy of the agent reported what it did">
          policy
        </Badge>
      )}
      {isSuspect && (
        <span className={styles.suspect} title="Suspect parent: the link fails a check">
          ?
        </span>
      )}
      {rosesToRoot(model, process) && (
        <span className={styles.rise} title="Rose to root: its parent was another user">
          ↑ root
        </span>
      )}
    </>
  );
}

/** That a connection leads outside, and to a name that looks random: each whole, or left to the sign and the details. */
export function LeafMarks({ model, leaf }: { readonly model: TreeModel; readonly leaf: number }) {
  const isOutside = isExternal(model.columns, leaf);
  const isRandom = model.columns.connections.randomName[leaf] === 1;
  if (!isOutside && !isRandom) return null;
  return (
    <span className={cls(styles.fitting, styles.leaf)}>
      {isOutside && <span className={styles.external}>EXTERNAL</span>}
      {isRandom && (
        <span className={styles.external} title={randomNameReason()}>
          {randomNameMark}
        </span>
      )}
    </span>
  );
}
