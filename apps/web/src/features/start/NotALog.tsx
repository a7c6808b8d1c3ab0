import type { ApiFailure } from '../../api/failure.ts';
import { clipEnd } from '../../kit/clip.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import styles from './UploadRow.module.css';

export interface NotALogProps {
  readonly failure: ApiFailure;
  /** What the file is by its first bytes, when that says anything. */
  readonly looksLike: string | undefined;
  /** The first lines of the file itself, when it is a text. */
  readonly lines: readonly string[];
}

/** A file that is no log: what was found in it, its first lines, and what would be taken. */
export function NotALog({ failure, looksLike, lines: own }: NotALogProps) {
  const told = readLines(failure.details);
  const lines = (told.length > 0 ? told : own).slice(0, 3);
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
        <pre className={styles.lines}>
          {lines.map((line, at) => (
            <div key={`${at}${line}`}>
              <SafeText text={line} shown={clipEnd(line, 160)} />
            </div>
          ))}
        </pre>
      )}
      <p className={styles.hint}>
        Forebear reads logs of Tetragon and Hubble Enterprise: NDJSON or JSON, plain, or packed as
        .gz, .zst, .tar or .zip.
      </p>
    </div>
  );
}

/** At most three lines, whatever the server calls them: details are shown, never relied on. */
function readLines(details: Readonly<Record<string, unknown>>): readonly string[] {
  const found = details['lines'] ?? details['samples'] ?? details['sample'];
  if (typeof found === 'string') return [found];
  if (!Array.isArray(found)) return [];
  return found.map((line: unknown) => (typeof line === 'string' ? line : JSON.stringify(line)));
}
