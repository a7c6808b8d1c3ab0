import { agentWords } from '@forebear/model/words/agentWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { podWords } from '@forebear/model/words/podWords';
import { tagWords } from '@forebear/model/words/tagWords';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { AlertItem } from '../../api/answers.ts';
import { Button, linkButton } from '../../kit/Button.tsx';
import { Fact, Facts } from '../../kit/Facts.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import type { ChangeView } from '../../url/useView.ts';
import type { View } from '../../url/view.ts';
import { AlertRecord } from './AlertRecord.tsx';
import styles from './AlertsPage.module.css';
import { alertLink } from './alertLink.ts';
import { outcomeWords } from './alertWords.ts';
import { rangeAround } from './narrowing.ts';
import { SeverityMark } from './SeverityMark.tsx';
import { Tag } from './TagList.tsx';

export interface AlertDetailProps {
  readonly alert: AlertItem;
  readonly caseName: string;
  readonly view: View;
  readonly change: ChangeView;
}

/** One alert in full: what was said in whole, whom it is about, and the ways on from it. */
export function AlertDetail(props: AlertDetailProps) {
  const { alert, caseName } = props;
  const [isRecordOpen, setRecordOpen] = useState(false);
  const { process, pod, namespace, node, tags } = alert;
  return (
    <div className={styles.detail}>
      <Facts className={styles.facts}>
        <Fact name="Says" copy={alert.output}>
          {alert.output === '' ? (
            <span className={styles.unknown}>nothing but its rule</span>
          ) : (
            <SafeText mono text={alert.output} className={styles.whole} />
          )}
        </Fact>
        <Fact name="Rule" text={alert.rule} copy={alert.rule} />
        <Fact name="Severity">
          <SeverityMark severity={alert.severity} own={alert.severityWord} />
        </Fact>
        <Fact name="When">
          <TimeText time={alert.time} zone={props.view.zone} digits="ns" day />
        </Fact>
        <Fact name="Agent">
          {agentWords(alert.source)}
          <span className={styles.muted}>
            {' on '}
            <SafeText text={nodeWords(node)} />
          </span>
        </Fact>
        <Fact name="Process" unknown="none known: the alert stays on its pod or node">
          {process === null ? undefined : (
            <>
              <SafeText mono text={process.binary} />{' '}
              <SafeText mono text={process.arguments} className={styles.whole} />
              {process.pid !== null && <span className={styles.muted}> pid {process.pid}</span>}
            </>
          )}
        </Fact>
        <Fact name="Pod" text={podWords(namespace, pod)} unknown="none: on the host" />
        {alert.subject !== '' && <Fact name="About" text={alert.subject} mono />}
        <Fact
          name="Outcome"
          text={`${alert.blocked ? 'BLOCKED: it did not happen. ' : ''}${outcomeWords(alert)}`}
          unknown="the agent only tells"
        />
        {tags.length > 0 && (
          <Fact name="Tags">
            <ul className={styles.tags}>
              {tags.map((tag) => (
                <TagLine key={tag} tag={tag} />
              ))}
            </ul>
          </Fact>
        )}
      </Facts>
      <Ways {...props} isRecordOpen={isRecordOpen} onRecord={() => setRecordOpen(!isRecordOpen)} />
      {isRecordOpen && <AlertRecord caseName={caseName} id={alert.id} />}
    </div>
  );
}

function TagLine({ tag }: { readonly tag: string }) {
  const { meaning } = tagWords(tag);
  return (
    <li>
      <Tag tag={tag} />
      {meaning !== '' && <SafeText text={meaning} className={styles.muted} />}
    </li>
  );
}

interface WaysProps extends AlertDetailProps {
  readonly isRecordOpen: boolean;
  readonly onRecord: () => void;
}

function Ways({ alert, caseName, view, change, isRecordOpen, onRecord }: WaysProps) {
  const link = alertLink(alert, caseName, view);
  const range = rangeAround(alert.time);
  return (
    <div className={styles.ways}>
      {link !== undefined && (
        <Link {...link} className={linkButton}>
          {alert.process === null ? 'Tree of its pod or node' : 'Tree at the process'}
        </Link>
      )}
      {view.rule === undefined && (
        <Button onPress={() => change({ rule: alert.rule })}>Only this rule</Button>
      )}
      {range !== undefined && (
        <Button onPress={() => change({ range })}>The minute before and after</Button>
      )}
      <Button kind="quiet" aria-expanded={isRecordOpen} onPress={onRecord}>
        {isRecordOpen ? 'Hide the original record' : 'Original record'}
      </Button>
    </div>
  );
}
