import { asFields, type Fields } from './readLines.ts';

type File = { readonly path: string; readonly dialect: string; readonly text: string };

/** The lines of a file, without their ends. */
export function linesOf(file: File | undefined): string[] {
  return (file?.text ?? '').split('\n').slice(0, -1);
}

export function parsedLines(file: File): Fields[] {
  return linesOf(file).map((line) => asFields(JSON.parse(line)));
}

/** Every record of a dialect. */
export function recordsOf(files: readonly File[], dialect: string): Fields[] {
  return files.filter((file) => file.dialect === dialect).flatMap(parsedLines);
}

/** A line of a file; the first is 1. */
export function lineAt(
  files: readonly File[],
  place: { readonly path: string; readonly line: number },
): string {
  return linesOf(files.find(({ path }) => path === place.path))[place.line - 1] ?? '';
}

/** A number beyond 2^53, read from the text; -1: not there. */
export function digitsOf(line: string, key: string): bigint {
  return BigInt(new RegExp(`"${key.replaceAll('.', '\\.')}":(\\d+)`).exec(line)?.[1] ?? '-1');
}
