import { flagTitle } from '@forebear/model/words/flagTitles';
import type { ProcessAnswer } from '../../api/answers.ts';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { Fact, Facts } from '../../kit/Facts.tsx';
import { formatLimit } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import type { View } from '../../url/view.ts';
import styles from './DetailsPanel.module.css';
import { inputsInWords } from './flagInputs.ts';
import { injectedWords } from './injectedWords.ts';

export interface WhyTabProps {
  readonly answer: ProcessAnswer;
  readonly view: View;
}

/** Each mark with its rule, its threshold and the figures it was made from. */
export function WhyTab({ answer, view }: WhyTabProps) {
  const injected = injectedWords(answer);
  if (answer.flags.length === 0 && injected === '') {
    return (
      <EmptyState title="Nothing is flagged">
        <p>
          It started before the limit of {formatLimit(view.lateMs)}, or its image, template and
          parent were seen before it.
        </p>
      </EmptyState>
    );
  }
  return (
    <ul className={styles.flags}>
      {injected !== '' && (
        <li className={styles.flag}>
          <h3>Injected from outside</h3>
          <p>
            <SafeText text={injected} />
          </p>
        </li>
      )}
      {answer.flags.map((flag, at) => (
        <li key={`${at}${flag.code}`} className={styles.flag}>
          <h3>
            <SafeText text={flagTitle(flag.code)} />
            <code className={styles.aside}>
              <SafeText text={flag.code} />
            </code>
          </h3>
          <p>
            <SafeText text={flag.reason} />
          </p>
          {flag.code === 'policy_hit' && !namesPolicy(flag.inputs) && (
            <p>Reported by an agent’s policy; see its events.</p>
          )}
          <Facts>
            {inputsInWords(flag.inputs).map(({ key, name, text }) => (
              <Fact key={key} name={name} text={text} mono />
            ))}
          </Facts>
        </li>
      ))}
    </ul>
  );
}

/** How many reasons the tab lists. */
export function reasonsOf(answer: ProcessAnswer): number {
  return answer.flags.length + (answer.role === 'injected' ? 1 : 0);
}

/** Whether the flag says which policy it was, and not only that there was one. */
function namesPolicy(inputs: ProcessAnswer['flags'][number]['inputs']): boolean {
  return Object.keys(inputs).some((key) => key === 'policy' || key === 'policies');
}
