import { useState } from 'react';
import { Button } from './Button.tsx';
import { CopyButton } from './CopyButton.tsx';
import { cls } from './cls.ts';
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

/** An original record: where it lies; indented for reading, or byte for byte as it came, its long lines only wrapped. */
export function RawView({ text, source, member, line, offset }: RawViewProps) {
  const [isReadable, setReadable] = useState(true);
  const [all, setAll] = useState(false);
  const whole = isReadable ? indentRecord(text) : text;
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
        {[true, false].map((readable) => (
          <Button
            key={String(readable)}
            kind="quiet"
            className={cls(readable === isReadable && styles.chosen)}
            aria-pressed={readable === isReadable}
            onPress={() => setReadable(readable)}
          >
            {readable ? 'Readable' : 'As received'}
          </Button>
        ))}
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
