import type { ProcessAnswer } from '../../api/answers.ts';
import { formatBytes, formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import styles from './DetailsPanel.module.css';

type WireLookup = ProcessAnswer['lookups'][number];

/**
 * What a process asked a resolver for, and what came back: the addresses, and what failed by its code. Several names of
 * one domain say that they are several; tries with search suffixes stand apart, for they say nothing of the name.
 */
export function LookupLine({ one }: { readonly one: WireLookup }) {
  const { addresses, addressCount, failures, count } = one;
  const more = addressCount - addresses.length;
  return (
    <>
      <Asked one={one} />{' '}
      {count > 0 && (
        <>
          <span className={styles.aside}>×{formatCount(count)}</span>{' '}
          <span>
            {'→ '}
            {addressCount > 0 && <SafeText mono text={addresses.join(', ')} />}
            {more > 0 && ` and ${formatCount(more)} more`}
            {addressCount > 0 && failures.length > 0 && '; '}
            {failures
              .map((failure) => `${formatCount(failure.count)} × ${failure.name}`)
              .join(', ')}
            {addressCount === 0 && failures.length === 0 && 'no address answered in this log'}
          </span>
        </>
      )}
      <span className={styles.aside}>
        {one.tries > 0 && `${count > 0 ? ' · ' : ''}${triesWords(one)}`}
        {one.decodedBytes > 0 && ` · could carry ${formatBytes(one.decodedBytes)}`}
        {one.resolver !== '' && (
          <>
            {' · at '}
            <SafeText text={one.resolver} />
          </>
        )}
      </span>
      {one.nameCount > 1 && <Names one={one} />}
    </>
  );
}

function Asked({ one: { name, nameCount, distinct } }: { readonly one: WireLookup }) {
  const text = <SafeText text={name} className={styles.leafName} />;
  if (nameCount <= 1) return text;
  if (distinct === nameCount) {
    return (
      <>
        {formatNoun(distinct, 'name')} below {text}
      </>
    );
  }
  return (
    <>
      {text} and {formatNoun(distinct, 'name')} below it
    </>
  );
}

function Names({ one: { names, nameCount } }: { readonly one: WireLookup }) {
  const more = nameCount - names.length;
  return (
    <p className={styles.aside}>
      <SafeText mono text={names.join(', ')} />
      {more > 0 && ` and ${formatCount(more)} more`}
    </p>
  );
}

function triesWords({ count, tries, triesFailed }: WireLookup): string {
  const [first] = triesFailed;
  const many = triesFailed.map((failure) => `${formatCount(failure.count)} × ${failure.name}`);
  let outcome = many.join(', ');
  if (first === undefined) outcome = 'no answer in this log';
  else if (triesFailed.length === 1 && first.count === tries) outcome = first.name;
  const noun = tries === 1 ? 'try' : 'tries';
  return `${count > 0 ? '' : 'only '}${formatCount(tries)} ${noun} with search suffixes: ${outcome}`;
}
