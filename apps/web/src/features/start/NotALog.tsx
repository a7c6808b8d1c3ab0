import { readableLogs } from '@forebear/model/words/readFormats';
import type { ApiFailure } from '../../api/failure.ts';
import { notALogOf } from '../../api/notALog.ts';
import { clipEnd } from '../../kit/clip.ts';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { ReadItAs } from './ReadItAs.tsx';
import styles from './UploadRow.module.css';

export interface NotALogProps {
  readonly failure: ApiFailure;
  /** What the file is by its first bytes, when that says anything. */
  readonly looksLike: string | undefined;
  /** The first lines of the file itself, when it is a text. */
  readonly lines: readonly string[];
  /** The format that it was asked to be read as, or `auto`. */
  readonly format: string;
  readonly onReadAs: (format: string) => void;
}

/** A file that is no log: what was found in it, how it begins, what came close, and the question what it is. */
export function NotALog({ failure, looksLike, lines: own, format, onReadAs }: NotALogProps) {
  const found = notALogOf(failure);
  const lines = found === undefined || found.lines.length === 0 ? own : found.lines;
  return (
    <div className={styles.refusal}>
      <p>
        {looksLike === undefined ? (
          <SafeText text={failure.message} />
        ) : (
          `It is ${looksLike}, and no log.`
        )}
      </p>
      {lines.length > 0 && (
        <pre className={styles.lines} aria-label="How it begins">
          {lines.map((line, at) => (
            <div key={`${at}${line}`}>
              <SafeText text={line} shown={clipEnd(line, 160)} />
            </div>
          ))}
        </pre>
      )}
      {found !== undefined && found.near.length > 0 && (
        <div className={styles.near}>
          <p>What came close:</p>
          <ul>
            {found.near.map(({ id, title, records }) => (
              <li key={id}>
                <b>{title}</b>: {formatCount(records)} of {formatNoun(found.records, 'record')}{' '}
                {records === 1 ? 'looks' : 'look'} like its
              </li>
            ))}
          </ul>
        </div>
      )}
      {lines.length > 0 && looksLike === undefined && (
        <ReadItAs near={found?.near ?? []} tried={format} onChoose={onReadAs} />
      )}
      <p className={styles.hint}>
        Forebear reads logs of {readableLogs}: JSON or NDJSON, plain, packed as .gz, .zst, .tar or
        .zip, or in the envelopes of log shippers.
      </p>
    </div>
  );
}
