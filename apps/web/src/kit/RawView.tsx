import { useState } from 'react';
import { Button } from './Button.tsx';
import { CopyButton } from './CopyButton.tsx';
import { Fact, Facts } from './Facts.tsx';
import { formatCount } from './format.ts';
import styles from './RawView.module.css';
import { indentRecord } from './rawText.ts';
import { SafeText } from './SafeText.tsx';

export interface RawViewProps {
  readonly text: string;
  readonly source: string;
  readonly member: string;
  readonly line: string;
  readonly offset: string;
}

/** More than this is not drawn at once. */
const MOST_DRAWN = 200_000;

/** An original record: where it lies, as it is, or indented. */
export function RawView({ text, source, member, line, offset }: RawViewProps) {
  const [indented, setIndented] = useState(true);
  const [all, setAll] = useState(false);
  const whole = indented ? indentRecord(text) : text;
  const drawn = all ? whole : whole.slice(0, MOST_DRAWN);
  return (
    <div className={styles.raw}>
      <div className={styles.head}>
        <Facts className={styles.place}>
          {source !== '' && <Fact name="Source" text={source} mono />}
          {member !== '' && <Fact name="Member" text={member} mono />}
          {line !== '' && <Fact name="Line" text={line} mono />}
          {offset !== '' && <Fact name="Offset" text={offset} mono />}
        </Facts>
        <Button kind="quiet" aria-pressed={indented} onPress={() => setIndented(!indented)}>
          {indented ? 'As received' : 'Indented'}
        </Button>
        <CopyButton text={text} what="record" />
      </div>
      <pre className={styles.text}>
        {drawn.split('\n').map((part, at) => (
          <span key={at}>
            <SafeText text={part} />
            {'\n'}
          </span>
        ))}
      </pre>
      {drawn.length < whole.length && (
        <Button onPress={() => setAll(true)}>
          Show the other {formatCount(whole.length - drawn.length)} characters
        </Button>
      )}
    </div>
  );
}
