import type { DerivedProcess, FlagCode } from '../derived.ts';

/** What is odd enough about a process that no fold may hide it, beside what is loud, alerted on, main, random or suspect. */
const noted: ReadonlySet<string> = new Set<FlagCode>([
  'left_container',
  'late_container',
  'raised_to_root',
  'raised_privileges',
  'contradicted',
  'cycle_cut',
  'self_parent',
  'activity_after_exit',
  'unlinked_binary',
  'hidden_characters',
  'blocked',
  'unaccounted',
]);

/** Whether one of these codes of flags keeps a process out of every fold. */
export function isNoted(codes: readonly string[]): boolean {
  return codes.some((code) => noted.has(code));
}

/** What a process has to say for itself. */
export interface FoldWitness {
  readonly isLoud: boolean;
  readonly hasAlert: boolean;
  /** The main process of a container: with it, on a node, every pod stays in sight. */
  readonly isMain: boolean;
  readonly isSuspect: boolean;
  /** It called a name that looks random. */
  readonly isRandom: boolean;
  /** `isNoted` of its flags. */
  readonly isNoted: boolean;
}

/** The one rule of page, API and terminal: such a process is never folded away among its siblings. */
export function staysAlone(process: FoldWitness): boolean {
  const { isLoud, hasAlert, isMain, isSuspect, isRandom } = process;
  return isLoud || hasAlert || isMain || isSuspect || isRandom || process.isNoted;
}

/** What a derived process has to say for itself. */
export function foldWitness(process: DerivedProcess): FoldWitness {
  return {
    isLoud: process.loud,
    hasAlert: process.alerts.length > 0,
    isMain: process.role === 'main',
    isSuspect: process.suspect !== '',
    isRandom: process.connections.some(({ randomName }) => randomName),
    isNoted: isNoted(process.flags.map(({ code }) => code)),
  };
}
