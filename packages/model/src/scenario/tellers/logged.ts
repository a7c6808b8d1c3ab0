import type { Dialect } from '../../event/dialects.ts';
import type { Severity } from '../../event/severity.ts';
import type { Nanos } from '../../event/time.ts';
import type { ScenarioPod } from '../cluster.ts';
import type { ScenarioProcess } from '../writer.ts';

/** What a line is about, for tests to compare with what a reader makes of it. */
export type About =
  /** It reports the exec of this image. */
  | { readonly what: 'exec'; readonly process: ScenarioProcess }
  | {
      readonly what: 'alert';
      readonly rule: string;
      readonly severity: Severity;
      /** Undefined: the agent does not say, or Tetragon does not know the process. */
      readonly process: ScenarioProcess | undefined;
      readonly pod: ScenarioPod;
      readonly blocked: boolean;
    };

/** A line that an agent writes into one of its files. */
export type Logged = {
  readonly path: string;
  readonly dialect: Dialect;
  /** When it is written, which orders the file. */
  readonly written: Nanos;
  readonly text: string;
  readonly about: readonly About[];
};

export type LogFile = {
  readonly path: string;
  readonly dialect: Dialect;
  readonly lines: readonly Logged[];
};

/** Lines by file, files by path, lines by the time of writing. */
export function fileLines(logged: readonly Logged[]): LogFile[] {
  const byPath = Map.groupBy(logged, (line) => line.path);
  return [...byPath]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, lines]) => {
      const dialect = lines[0]?.dialect;
      if (dialect === undefined) return [];
      return [{ path, dialect, lines: lines.toSorted((a, b) => compare(a.written, b.written)) }];
    });
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
