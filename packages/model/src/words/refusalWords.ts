import { rejectionWords } from './rejectionWords.ts';

/** What was found in a file that is no log. */
export interface Findings {
  readonly records: number;
  /** Records by the code of why they were not taken. */
  readonly reasons: ReadonlyMap<string, number>;
  /** Unpacked. */
  readonly bytes: number;
  /** It ends inside its packing. */
  readonly cut: boolean;
}

const noise: ReadonlySet<string> = new Set(['text', 'comment', 'prompt', 'padding']);

/** What a refused file is, then what to do: one or two sentences that go on after the file's name and a colon. */
export function refusalWords({ records, reasons, bytes, cut }: Findings): string {
  if (records === 0) {
    if (cut) return 'cut short before its first record could be read. Copy it again.';
    if (bytes === 0) return 'empty. Was the log written to another file?';
    return 'nothing but blank lines. Was the log written to another file?';
  }
  const again = cut ? ' It is cut short, too: copy it again.' : '';
  const count = (code: string): number => reasons.get(code) ?? 0;
  const codes = [...reasons.keys()];
  if (
    count('binary') + count('padding') > 0 &&
    codes.every((code) => code === 'binary' || noise.has(code))
  )
    return `bytes that are no text: an image, a program, or an archive of another kind. Send the log itself.${again}`;
  if (count('text') > 0 && codes.every((code) => noise.has(code)))
    return `${lines(records)} of text, not JSON: an access log perhaps. Export the events of the agent as JSON.${again}`;
  if (count('too_long') > 0 && codes.every((code) => code === 'too_long')) {
    const length = records === 1 ? `one record of ${mebibytes(bytes)}` : `${records} records`;
    return `${length}, beyond the limit of 16 MiB for a record. Put each event on a line of its own.${again}`;
  }
  const found = [...reasons]
    .sort(([, a], [, b]) => b - a)
    .map(([code, times]) =>
      records === 1 ? rejectionWords(code) : `${times} × ${rejectionWords(code)}`,
    )
    .join('; ');
  const some = records === 1 ? '1 record' : `${records} records`;
  return `${some}, none of a log that this version reads (${found}).${again}`;
}

function lines(count: number): string {
  return count === 1 ? 'one line' : `${count} lines`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / (1024 * 1024)).toFixed(1)} MiB`;
}
