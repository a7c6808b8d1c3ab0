import { agentWords } from '@forebear/model/words/agentWords';
import { ownSeverity, severitySign } from '@forebear/model/words/severityWords';
import { orderedTags, tagWords } from '@forebear/model/words/tagWords';
import type { ReactNode } from 'react';
import { Badge } from '../../kit/Badge.tsx';
import { Chip } from '../../kit/Chip.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { visibleText } from '../../kit/visibleText.ts';
import type { View } from '../../url/view.ts';
import { gravityOf, isGrave } from '../../view/severities.ts';
import styles from './AlertLine.module.css';

/** What an agent said, from whichever answer. */
export interface SaidAlert {
  readonly source: string;
  readonly rule: string;
  readonly severity: string;
  readonly severityWord: string;
  readonly tags: readonly string[];
  readonly output: string;
  readonly action: string;
  readonly enforcer: string;
  readonly result: string;
  readonly blocked: boolean;
  readonly time: string | null;
}

export interface AlertLineProps {
  readonly alert: SaidAlert;
  readonly view: View;
  /** Whom it is about, where that is not said by the heading. */
  readonly children?: ReactNode;
  /** The way to its record. */
  readonly onRaw?: (() => void) | undefined;
}

/** One alert with everything that its agent said. */
export function AlertLine({ alert, view, children, onRaw }: AlertLineProps) {
  const { severity, rule, source, output } = alert;
  const own = ownSeverity(severity, alert.severityWord);
  const outcome = outcomeOf(alert);
  return (
    <li className={styles.alert}>
      <div className={styles.head}>
        <Badge
          tone={isGrave(gravityOf(severity)) ? 'alert' : 'plain'}
          sign={severitySign(severity)}
          title={own === '' ? severity : `${severity}: the agent calls it ${visibleText(own)}`}
        >
          {severity}
        </Badge>
        {alert.blocked && (
          <Badge tone="alert" sign="⊘" title="The action was prevented">
            BLOCKED
          </Badge>
        )}
        <SafeText text={rule} className={styles.rule} />
      </div>
      <p className={styles.who}>
        {agentWords(source)}
        {' · '}
        <TimeText time={alert.time} zone={view.zone} digits="ns" />
        {own !== '' && (
          <>
            {' · calls it '}
            <SafeText text={own} />
          </>
        )}
        {onRaw !== undefined && (
          <>
            {' · '}
            <button type="button" className={styles.record} onClick={onRaw}>
              record
            </button>
          </>
        )}
      </p>
      {children}
      {outcome !== '' && (
        <p className={alert.blocked ? styles.prevented : styles.outcome}>
          <SafeText text={outcome} />
        </p>
      )}
      {output !== '' && (
        <p className={styles.output}>
          <SafeText mono breaksAtPoints text={output} />
        </p>
      )}
      {alert.tags.length > 0 && (
        <p className={styles.tags}>
          {onceEach(orderedTags(alert.tags)).map((tag) => {
            const { text, meaning } = tagWords(tag);
            return (
              <span key={tag} title={visibleText(meaning === '' ? tag : `${meaning} (${tag})`)}>
                <Chip>
                  <SafeText text={text} />
                </Chip>
              </span>
            );
          })}
        </p>
      )}
    </li>
  );
}

/** A tactic may stand there by its number and by its name: drawn, both are one. */
function onceEach(tags: readonly string[]): readonly string[] {
  const texts = tags.map((tag) => tagWords(tag).text);
  return tags.filter((_, at) => texts.indexOf(texts[at] ?? '') === at);
}

/** What the agent did and what became of the attempt: `Block by BPFLSM: Permission denied`; empty: it only tells. */
function outcomeOf({ action, enforcer, result }: SaidAlert): string {
  const did = [action, enforcer === '' ? '' : `by ${enforcer}`].filter((word) => word !== '');
  return [did.join(' '), result].filter((word) => word !== '').join(': ');
}
