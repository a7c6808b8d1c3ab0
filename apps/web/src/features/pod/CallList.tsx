import { authorWords } from '@forebear/model/words/authorWords';
import type { CallItem } from '../../api/answers.ts';
import { cls } from '../../kit/cls.ts';
import { formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { callDid, callSign, isRefused } from '../../view/callWords.ts';
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
              {isRefused(call) && <span className={styles.suspect}>refused ({call.code})</span>}
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
            <Started call={call} state={state} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way to the process that a call started. */
function Started({ call, state }: { readonly call: CallItem; readonly state: TreeState }) {
  const row = call.process === null ? -1 : state.model.rowOfRef(call.process.ref);
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
        the process that it started
      </button>
    </p>
  );
}
