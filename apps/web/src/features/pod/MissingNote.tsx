import { agentWords } from '@forebear/model/words/agentWords';
import { type CaseMissing, knowledgeWords } from '@forebear/model/words/missing';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { nodesQuery } from '../../api/queries.ts';
import { Button } from '../../kit/Button.tsx';
import type { TreeModel } from '../../view/treeModel.ts';
import { lackingOf, lacksOf } from './lacking.ts';
import styles from './PodNotes.module.css';

/** What these logs do not tell of the tree, and which setting of which agent would. */
export function MissingNote({
  caseName,
  model,
  agents,
}: {
  readonly caseName: string;
  readonly model: TreeModel;
  /** Whose tree it is; empty: of all. */
  readonly agents: readonly string[];
}) {
  const lacks = useMemo(() => lacksOf(model), [model]);
  const nodes = useQuery({ ...nodesQuery(caseName), enabled: lacks.size > 0 });
  const missing = useMemo(
    () => lackingOf(model, nodes.data?.items ?? [], agents),
    [model, nodes.data, agents],
  );
  const [isOpen, setOpen] = useState(false);
  if (missing.length === 0 || nodes.data === undefined) return null;
  return (
    <div className={styles.note}>
      <span>
        <b>Not in these logs:</b> {missing.map(({ what }) => knowledgeWords(what)).join('; ')}.
      </span>
      <Button kind="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        {isOpen ? 'Close' : 'What would tell it'}
      </Button>
      {isOpen && (
        <ul className={styles.missing}>
          {missing.map((one) => (
            <li key={one.what}>
              <b>{knowledgeWords(one.what)}</b>
              {settingWords(one).map((words) => (
                <span key={words}>{words}</span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** `Falco: a rule on evt.type = procexit`, `KubeArmor never tells it`. */
function settingWords({ settings, never }: CaseMissing): readonly string[] {
  return [
    ...settings.map(({ dialect, setting }) => `${agentWords(dialect)}: ${setting}`),
    ...never.map((dialect) => `${agentWords(dialect)} never tells it`),
  ];
}
