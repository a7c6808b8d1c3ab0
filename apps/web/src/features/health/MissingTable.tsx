import { agentWords } from '@forebear/model/words/agentWords';
import { type CaseMissing, knowledgeWords, missingOfCase } from '@forebear/model/words/missing';
import { nodeWords } from '@forebear/model/words/nodeWords';
import type { NodeItem } from '../../api/answers.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import styles from './HealthPage.module.css';

/** What this case cannot tell, and why: by which setting of which agent the next log would. */
export function MissingTable({ nodes }: { readonly nodes: readonly NodeItem[] }) {
  const missing = missingOfCase(nodes);
  if (missing.length === 0) return null;
  return (
    <section aria-label="What this case cannot tell">
      <h2>What this case cannot tell, and why</h2>
      {missing.some(({ isSure }) => !isSure) && (
        <p className={styles.muted}>
          Perhaps: the names of the events do not show whether the agent was set to tell it.
        </p>
      )}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Cannot tell</th>
            <th scope="col">The next log would, with</th>
            <th scope="col">Nodes</th>
          </tr>
        </thead>
        <tbody>
          {missing.map((one) => (
            <tr key={`${one.what} ${one.nodes.join('/')}`}>
              <td className={styles.untold}>
                {!one.isSure && <span className={styles.muted}>perhaps </span>}
                {knowledgeWords(one.what)}
              </td>
              <td className={styles.untold}>
                <Settings missing={one} />
              </td>
              <td className={styles.untold}>
                <SafeText text={one.nodes.map(nodeWords).join(', ')} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Settings({ missing }: { readonly missing: CaseMissing }) {
  const { settings, never } = missing;
  return (
    <>
      {settings.map(({ dialect, setting }) => (
        <p key={dialect}>
          <b>{agentWords(dialect)}</b>: {setting}
        </p>
      ))}
      {never.length > 0 && (
        <p className={styles.muted}>
          {never.map(agentWords).join(' and ')} {never.length === 1 ? 'has' : 'have'} no setting for
          it; another agent on the node would tell
        </p>
      )}
    </>
  );
}
