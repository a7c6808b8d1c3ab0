import { randomNameMark, randomNameReason } from '@forebear/model/words/nameWords';
import type { ReactNode } from 'react';
import { Badge } from '../../kit/Badge.tsx';
import { cls } from '../../kit/cls.ts';
import { visibleText } from '../../kit/visibleText.ts';
import { hindranceOf, isExternal } from '../../view/external.ts';
import { mark } from '../../view/marks.ts';
import type { TreeModel } from '../../view/treeModel.ts';
import { hasState, processOf, rowState, type VisibleTree } from '../../view/visibleTree.ts';
import { PersonMark } from './PersonMark.tsx';
import styles from './RowMarks.module.css';
import { classOf } from './rowClass.ts';
import { hindranceTitle, roleHint, roleWords, rosesToRoot } from './rowTexts.ts';

export interface ProcessMarksProps {
  readonly tree: VisibleTree;
  readonly row: number;
  /** What stands below it, closed: after its own marks. */
  readonly children?: ReactNode;
}

/**
 * What is said beside the name of a process, the short and grave first and its role last: as much as there is room for,
 * each whole. The name never gives way to it, and what is gone the sign, the colour and the delay say still.
 */
export function ProcessMarks({ tree, row, children }: ProcessMarksProps) {
  const process = processOf(tree, row);
  return (
    <span className={cls(styles.fitting, styles.beside)}>
      {process >= 0 && <LinkMarks model={tree.model} process={process} />}
      {children}
      {process >= 0 && <PersonMark model={tree.model} process={process} isSign />}
      {process >= 0 && <RoleWords tree={tree} row={row} process={process} />}
    </span>
  );
}

interface RoleWordsProps {
  readonly tree: VisibleTree;
  readonly row: number;
  readonly process: number;
}

/** Its role in the story. */
function RoleWords({ tree, row, process }: RoleWordsProps) {
  const words = roleWords(tree.model, process);
  const hint = roleHint(tree.model, process) ?? words.join(' · ');
  return words.map((word) => (
    <span
      key={word}
      className={cls(
        styles.word,
        styles[`${classOf(tree, row)}Words`],
        hasState(tree, row, rowState.dim) && styles.dim,
      )}
      title={hint}
    >
      {word}
    </span>
  ));
}

interface LinkMarksProps {
  readonly model: TreeModel;
  readonly process: number;
}

/** What the graph says on the way from the parent: a link that fails a check, a rise to root; and that a policy spoke of it. */
function LinkMarks({ model, process }: LinkMarksProps) {
  const isSuspect = ((model.marks[process] ?? 0) & mark.suspect) !== 0;
  return (
    <>
      {isSuspect && (
        <span className={styles.suspect} title="Suspect parent: the link fails a check">
          ?
        </span>
      )}
      {model.columns.nodes.flags[process]?.includes('policy_hit') === true && (
        <Badge tone="alert" title="A policy of the agent reported what it did">
          policy
        </Badge>
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
  const hindrance = hindranceOf(model.columns, leaf);
  if (!isOutside && !isRandom && hindrance === '') return null;
  return (
    <span className={cls(styles.fitting, styles.leaf)}>
      {hindrance !== '' && (
        <span
          className={cls(styles.external, styles.hindered)}
          title={hindranceTitle(model, leaf, hindrance)}
        >
          {visibleText(hindrance)}
        </span>
      )}
      {isOutside && <span className={styles.external}>EXTERNAL</span>}
      {isRandom && (
        <span className={styles.external} title={randomNameReason()}>
          {randomNameMark}
        </span>
      )}
    </span>
  );
}
