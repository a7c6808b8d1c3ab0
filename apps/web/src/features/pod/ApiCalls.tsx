import type { ProcessAnswer } from '../../api/answers.ts';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import type { View } from '../../url/view.ts';
import { failureWords, isRefused } from '../../view/callWords.ts';
import styles from './DetailsPanel.module.css';

/** The calls to the API server that a process made: verb, resource, decision. */
export function ApiCalls({
  answer: { apiCalls, apiCallCount },
  view,
}: {
  readonly answer: Pick<ProcessAnswer, 'apiCalls' | 'apiCallCount'>;
  readonly view: View;
}) {
  if (apiCalls.length === 0) return null;
  const refused = apiCalls.filter(isRefused).length;
  return (
    <section className={styles.group}>
      <h3>
        {formatNoun(apiCallCount, 'API call')}
        {refused > 0 && `, ${formatCount(refused)} refused`}
      </h3>
      <ul>
        {apiCalls.map((call) => (
          <li key={`${call.auditId}${call.time ?? ''}`} className={styles.leaf}>
            <div className={styles.leafLine}>
              <span className={styles.verb} aria-hidden="true">
                {isRefused(call) ? '⊘' : '→'}
              </span>
              <SafeText text={askedFor(call)} className={styles.leafName} />
              {failureWords(call) !== '' ? (
                <span className={styles.suspect}>
                  {call.code === 403 ? '403 FORBIDDEN' : failureWords(call)}
                </span>
              ) : (
                <span className={styles.aside}>
                  {call.code === 0 ? 'no answer yet' : call.code}
                </span>
              )}
            </div>
            <p className={styles.aside}>
              <TimeText time={call.time} zone={view.zone} digits="ms" day />
              {' · as '}
              <SafeText text={call.user} />
            </p>
          </li>
        ))}
      </ul>
      {apiCalls.length < apiCallCount && (
        <p className={styles.aside}>The first {formatCount(apiCalls.length)} are here.</p>
      )}
    </section>
  );
}

/** `get secrets shop/key`, `list secrets in kube-system`, `list nodes`. */
function askedFor({ verb, resource, namespace, name }: ProcessAnswer['apiCalls'][number]): string {
  const what = `${verb} ${resource}`;
  if (name !== '') return `${what} ${namespace === '' ? name : `${namespace}/${name}`}`;
  return namespace === '' ? what : `${what} in ${namespace}`;
}
