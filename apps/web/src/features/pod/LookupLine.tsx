import type { ProcessAnswer } from '../../api/answers.ts';
import { formatBytes, formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import styles from './DetailsPanel.module.css';

/** What a process asked a resolver for, and what came back: the addresses, and what failed by its code. */
export function LookupLine({ one }: { readonly one: ProcessAnswer['lookups'][number] }) {
  const { addresses, addressCount, failures } = one;
  const more = addressCount - addresses.length;
  return (
    <>
      <SafeText text={one.name} className={styles.leafName} />{' '}
      <span className={styles.aside}>×{formatCount(one.count)}</span>{' '}
      <span>
        {'→ '}
        {addressCount > 0 && <SafeText mono text={addresses.join(', ')} />}
        {more > 0 && ` and ${formatCount(more)} more`}
        {addressCount > 0 && failures.length > 0 && '; '}
        {failures.map(({ name, count }) => `${formatCount(count)} × ${name}`).join(', ')}
        {addressCount === 0 && failures.length === 0 && 'no address answered in this log'}
      </span>
      <span className={styles.aside}>
        {one.distinct > 0 && ` · ${formatNoun(one.distinct, 'name')} below it`}
        {one.decodedBytes > 0 && ` that could carry ${formatBytes(one.decodedBytes)}`}
        {one.resolver !== '' && (
          <>
            {' · at '}
            <SafeText text={one.resolver} />
          </>
        )}
      </span>
    </>
  );
}
