import { nodeWords } from '@forebear/model/words/nodeWords';
import { Link } from '@tanstack/react-router';
import type { AlertItem } from '../../api/answers.ts';
import { baseName } from '../../kit/clip.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import type { View } from '../../url/view.ts';
import styles from './AlertsPage.module.css';
import { alertLink } from './alertLink.ts';

export interface AlertWhereProps {
  readonly alert: AlertItem;
  readonly caseName: string;
  readonly view: View;
}

/** The process and its pod, with the way into its tree; without a process the pod or node that the alert stays on. */
export function AlertWhere({ alert, caseName, view }: AlertWhereProps) {
  const { process, pod } = alert;
  const link = alertLink(alert, caseName, view);
  if (link === undefined)
    return <span className={styles.unknown}>no process, pod or node known</span>;
  if (process === null) {
    return (
      <>
        <Link {...link} tabIndex={-1} className={styles.place}>
          {pod === '' ? (
            <>
              host <SafeText text={nodeWords(alert.node)} />
            </>
          ) : (
            <SafeText text={pod} />
          )}
        </Link>
        <span className={styles.unknown}>no process known</span>
      </>
    );
  }
  return (
    <>
      <Link {...link} tabIndex={-1} className={styles.process}>
        <SafeText text={process.binary} shown={baseName(process.binary) || 'process'} />
      </Link>
      {process.pid !== null && <span className={styles.pid}>{process.pid}</span>}
      <span className={styles.pod}>
        {pod === '' ? (
          <>
            host <SafeText text={nodeWords(alert.node)} />
          </>
        ) : (
          <SafeText text={pod} />
        )}
      </span>
    </>
  );
}
