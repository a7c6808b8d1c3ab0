import { User } from 'lucide-react';
import { SafeText } from '../../kit/SafeText.tsx';
import { visibleText } from '../../kit/visibleText.ts';
import { authorLine } from '../../view/texts.ts';
import type { TreeModel } from '../../view/treeModel.ts';
import styles from './PersonMark.module.css';

/** Who had a process started through the API server, as a person: `by jane (as bob)`. Nothing when nobody is known to have. */
export function PersonMark({
  model,
  process,
  isSign = false,
}: {
  readonly model: TreeModel;
  readonly process: number;
  /** The person's sign alone, where there is no room for a name. */
  readonly isSign?: boolean;
}) {
  const line = authorLine(model, process);
  if (line === '') return null;
  if (!isSign) return <Person line={line} before="by " />;
  return (
    <span className={styles.person} title={titleOf(`by ${line}`)}>
      <User className={styles.sign} aria-hidden="true" />
    </span>
  );
}

/** A person's sign and name. */
export function Person({ line, before = '' }: { readonly line: string; readonly before?: string }) {
  return (
    <span className={styles.person} title={titleOf(`${before}${line}`)}>
      <User className={styles.sign} aria-hidden="true" />
      <span className={styles.line}>
        {before}
        <SafeText text={line} />
      </span>
    </span>
  );
}

function titleOf(words: string): string {
  return visibleText(`Started through the API server ${words}`);
}
