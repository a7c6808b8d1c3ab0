import { authorWords } from '@forebear/model/words/authorWords';
import { binaryWords } from '@forebear/model/words/processWords';
import type { ProcessAnswer } from '../../api/answers.ts';
import { baseName } from '../../kit/clip.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { authorLine } from '../../view/texts.ts';
import type { TreeModel } from '../../view/treeModel.ts';
import styles from './DetailsPanel.module.css';
import { Person } from './PersonMark.tsx';

export interface AncestryProps {
  readonly answer: ProcessAnswer;
  readonly model: TreeModel;
  readonly onGo: (ref: string) => void;
}

/** The way down from the root to a process; whoever came in through the API server stands where they entered. */
export function Ancestry({ answer, model, onGo }: AncestryProps) {
  return (
    <span className={styles.lineage}>
      {answer.ancestors.toReversed().map((one) => (
        <span key={one.ref}>
          <Entered line={authorLine(model, model.rowOfRef(one.ref))} />
          <button type="button" className={styles.jump} onClick={() => onGo(one.ref)}>
            <SafeText text={nameOfProcess(one)} />
          </button>
          <Then />
        </span>
      ))}
      <Entered line={answer.author === null ? '' : authorWords(answer.author)} />
      <b>
        <SafeText text={baseName(answer.binary)} />
      </b>
    </span>
  );
}

/** A person between two processes. */
function Entered({ line }: { readonly line: string }) {
  if (line === '') return null;
  return (
    <>
      <span className={styles.entered}>
        <Person line={line} />
      </span>
      <Then />
    </>
  );
}

function Then() {
  return <span aria-hidden="true"> › </span>;
}

/** As the tree calls it: pid 0 is the kernel. */
export function nameOfProcess({
  binary,
  pid,
}: {
  readonly binary: string;
  readonly pid: number | null;
}): string {
  const words = binaryWords(binary, pid);
  if (words === 'kernel') return words;
  return binary === '' ? `pid ${pid ?? '?'}` : baseName(binary);
}
