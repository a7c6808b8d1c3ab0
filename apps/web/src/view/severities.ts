import { isGraveSeverity, severities, severityRank } from '@forebear/model/words/severityWords';

/** A severity as a number that grows with gravity, so that the gravest of many is the greatest; 0: no alert at all. */
export function gravityOf(severity: string | null | undefined): number {
  if (severity === null || severity === undefined) return 0;
  // What we do not know stands behind all we know, and is still an alert.
  return Math.max(1, severities.length - severityRank(severity) + 1);
}

/** The severity of a gravity; null: there is none, or one that has no word. */
export function severityOf(gravity: number): string | null {
  return severities[severities.length + 1 - gravity] ?? null;
}

const words: readonly (string | null)[] = Array.from({ length: severities.length + 2 }, (_, at) =>
  severityOf(at),
);

/** Whether it is drawn as loud as what is late and new. */
export function isGrave(gravity: number): boolean {
  const word = words[gravity] ?? null;
  return word !== null && isGraveSeverity(word);
}
