import type { ProcessAnswer } from '../../api/answers.ts';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { Fact, Facts } from '../../kit/Facts.tsx';
import { formatLimit } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import type { View } from '../../url/view.ts';
import styles from './DetailsPanel.module.css';
import { inputsInWords } from './flagInputs.ts';

export interface WhyTabProps {
  readonly answer: ProcessAnswer;
  readonly view: View;
}

const TITLES = new Map([
  ['late_new', 'Late and new'],
  ['late_seen', 'Late, seen before'],
  ['novelty_unknown', 'Novelty unknown'],
  ['new_external_destination', 'New external destination'],
  ['random_name', 'Name looks machine-made'],
  ['raised_to_root', 'Rose to root'],
  ['policy_hit', 'Reported by a policy'],
  ['raised_privileges', 'Raised privileges'],
  ['unlinked_binary', 'Binary without a name'],
  ['late_container', 'Late container'],
  ['left_container', 'Left its container'],
  ['suspect_parent', 'Suspect parent'],
  ['hidden_characters', 'Hidden characters'],
  ['main_unknown', 'Main is not in this log'],
  ['main_unsure', 'Main is not sure'],
  ['start_derived', 'Start derived from the id'],
]);

/** Each mark with its rule, its threshold and the figures it was made from. */
export function WhyTab({ answer, view }: WhyTabProps) {
  if (answer.flags.length === 0) {
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
      {answer.flags.map((flag, at) => (
        <li key={`${at}${flag.code}`} className={styles.flag}>
          <h3>
            {TITLES.get(flag.code) ?? <SafeText text={flag.code.replaceAll('_', ' ')} />}
            <code className={styles.aside}>
              <SafeText text={flag.code} />
            </code>
          </h3>
          <p>
            <SafeText text={flag.reason} />
          </p>
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
