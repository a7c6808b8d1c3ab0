import { User } from 'lucide-react';
import { SafeText } from '../../kit/SafeText.tsx';
import { authorLine } from '../../view/texts.ts';
import type { TreeModel } from '../../view/treeModel.ts';
import styles from './PersonMark.module.css';

/** Who had a process started through the API server, as a person: `by jane (as bob)`. Nothing when nobody is known to have. */
export function PersonMark({
  model,
  process,
}: {
  readonly model: TreeModel;
  readonly process: number;
}) {
  const line = authorLine(model, process);
  if (line === '') return null;
  return <Person line={line} before="by " />;
}

/** A person's sign and name. */
export function Person({ line, before = '' }: { readonly line: string; readonly before?: string }) {
  return (
    <span className={styles.person} title={`Started through the API server ${before}${line}`}>
      <User className={styles.sign} aria-hidden="true" />
      <span className={styles.line}>
        {before}
        <SafeText text={line} />
      </span>
    </span>
  );
}
