import { noProcessWords } from '@forebear/model/words/callerWords';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { looseText } from '../../view/describe.ts';
import { rowKind } from '../../view/rowKeys.ts';
import { AlertLine } from './AlertLine.tsx';
import styles from './DetailsPanel.module.css';
import { LookupLine } from './LookupLine.tsx';
import { NetworkLeaf } from './NetworkTab.tsx';
import type { PodAddress } from './podAddress.ts';
import type { TreeState } from './useTree.ts';

export interface LooseDetailsProps {
  readonly address: PodAddress;
  readonly state: TreeState;
}

/** What happened to the pod or host, and to no process that is known: alerts, flows, lookups. */
export function LooseDetails({ address, state }: LooseDetailsProps) {
  const { model, tree, activeRow, view } = state;
  const { loose } = model.answer;
  const rule =
    tree.kind[activeRow] === rowKind.looseRule
      ? model.loose.rules[tree.item[activeRow] ?? -1]
      : undefined;
  const alerts = rule?.alerts ?? loose.alerts;
  const isWhole = rule === undefined;
  return (
    <div className={styles.scrolled}>
      <p className={styles.aside}>
        {noProcessWords}: {looseText(model)}. They are of this{' '}
        {model.columns.pod.kind === 'host' ? 'host' : 'pod'}; no agent says of which of its
        processes.
      </p>
      {alerts.length > 0 && (
        <section className={styles.group}>
          <h3>{headOf('alert', alerts.length, isWhole ? loose.alertCount : alerts.length)}</h3>
          <ul>
            {alerts.map((alert, at) => (
              <AlertLine key={at} alert={alert} view={view} />
            ))}
          </ul>
        </section>
      )}
      {isWhole && loose.connections.length > 0 && (
        <section className={styles.group}>
          <h3>{headOf('flow', loose.connections.length, loose.connectionCount)}</h3>
          <ul>
            {loose.connections.map((leaf, at) => (
              <NetworkLeaf key={at} leaf={leaf} processRef="" address={address} view={view} />
            ))}
          </ul>
        </section>
      )}
      {isWhole && loose.lookups.length > 0 && (
        <section className={styles.group}>
          <h3>{headOf('lookup', loose.lookups.length, loose.lookupCount)}</h3>
          <ul>
            {loose.lookups.map((one, at) => (
              <li key={at} className={styles.leaf}>
                <LookupLine one={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {rule !== undefined && (
        <p className={styles.aside}>
          of the rule <SafeText text={rule.rule} />
        </p>
      )}
    </div>
  );
}

/** `3 flows`; `The first 200 of 1 204 flows`. */
function headOf(noun: string, shown: number, all: number): string {
  return shown < all
    ? `The first ${formatCount(shown)} of ${formatNoun(all, noun)}`
    : formatNoun(all, noun);
}
