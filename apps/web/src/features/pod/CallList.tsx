import { authorWords } from '@forebear/model/words/authorWords';
import type { CallItem } from '../../api/answers.ts';
import { cls } from '../../kit/cls.ts';
import { formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { callDid, callerWords, callSign, failureWords } from '../../view/callWords.ts';
import styles from './DetailsPanel.module.css';
import { focusTree } from './focusTree.ts';
import { Person } from './PersonMark.tsx';
import type { TreeState } from './useTree.ts';

/** The id of a call's place in the list: a mark of the strip leads there. */
export function callId({ auditId }: Pick<CallItem, 'auditId'>): string {
  return `call-${auditId}`;
}

/** Calls to the Kubernetes API about the pod, and by its service account: each with who, what, when and from where. */
export function CallList({
  calls,
  state,
}: {
  readonly calls: readonly CallItem[];
  readonly state: TreeState;
}) {
  if (calls.length === 0) return null;
  return (
    <section className={styles.group}>
      <h3>{formatNoun(calls.length, 'call')} to the API server</h3>
      <ul>
        {calls.map((call) => (
          <li
            key={`${call.auditId}${call.time ?? ''}`}
            id={callId(call)}
            tabIndex={-1}
            className={cls(styles.leaf, styles.call)}
          >
            <div className={styles.leafLine}>
              <span className={styles.verb} aria-hidden="true">
                {callSign([call])}
              </span>
              <SafeText text={callDid(call)} className={styles.leafName} />
              {failureWords(call) !== '' && (
                <span className={styles.suspect}>{failureWords(call)}</span>
              )}
            </div>
            <p>
              <Person line={authorWords(call)} />
            </p>
            <p className={styles.aside}>
              <TimeText time={call.time} zone={state.view.zone} digits="ms" day />
              {call.sourceIps.length > 0 && (
                <>
                  {' · from '}
                  <SafeText mono text={call.sourceIps.join(', ')} />
                </>
              )}
              {call.userAgent !== '' && (
                <>
                  {' · '}
                  <SafeText text={call.userAgent} />
                </>
              )}
            </p>
            {callerWords(call) !== '' && (
              <p className={styles.aside}>
                <SafeText text={callerWords(call)} />
              </p>
            )}
            <WayTo process={call.process} words="the process that it started" state={state} />
            <WayTo process={call.madeBy} words="the process that made it" state={state} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface WayToProps {
  readonly process: CallItem['process'];
  readonly words: string;
  readonly state: TreeState;
}

/** The way to a process of a call. */
function WayTo({ process, words, state }: WayToProps) {
  const row = process === null ? -1 : state.model.rowOfRef(process.ref);
  if (row < 0) return null;
  return (
    <p>
      <button
        type="button"
        className={styles.jump}
        onClick={() => {
          state.reveal(row);
          focusTree();
        }}
      >
        {words}
      </button>
    </p>
  );
}
