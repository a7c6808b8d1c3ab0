import type { Ledger } from '../../api/answers.ts';
import { formatCount } from '../../kit/format.ts';
import styles from './LedgerBar.module.css';

const PARTS = [
  { key: 'stored', title: 'stored' },
  { key: 'duplicate', title: 'duplicate' },
  { key: 'quarantined', title: 'not understood' },
  { key: 'skipped', title: 'skipped noise' },
  { key: 'blank', title: 'blank' },
] as const;

/** Every record that came in, by what became of it: the parts add up, and say so. */
export function LedgerBar({ ledger }: { readonly ledger: Ledger }) {
  const sum = PARTS.reduce((total, { key }) => total + ledger[key], 0);
  return (
    <div className={styles.ledger}>
      <div className={styles.bar} aria-hidden="true">
        {PARTS.map(({ key }) =>
          ledger[key] === 0 ? null : (
            <span key={key} className={styles[key]} style={{ flexGrow: ledger[key] }} />
          ),
        )}
      </div>
      <p className={styles.sum}>
        <b>{formatCount(ledger.in)}</b> records in ={' '}
        {PARTS.map(({ key, title }, at) => (
          <span key={key} className={ledger[key] === 0 ? styles.none : undefined}>
            {at > 0 && ' + '}
            <span className={styles[`${key}Key`]} aria-hidden="true" />
            <b>{formatCount(ledger[key])}</b> {title}
          </span>
        ))}
        {sum !== ledger.in && (
          <strong className={styles.wrong}>
            {' '}
            · {formatCount(Math.abs(ledger.in - sum))} unaccounted for
          </strong>
        )}
        <span className={styles.events}>
          {' '}
          · <b>{formatCount(ledger.events)}</b> events
        </span>
      </p>
    </div>
  );
}
