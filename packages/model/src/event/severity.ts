/** How grave an alert is, gravest first: one scale for all agents, Falco's eight (semantics, Severity). */
export const severities = [
  'Emergency',
  'Alert',
  'Critical',
  'Error',
  'Warning',
  'Notice',
  'Informational',
  'Debug',
] as const;
export type Severity = (typeof severities)[number];

const byWord = new Map<string, Severity>([
  ...severities.map((severity): [string, Severity] => [severity.toLowerCase(), severity]),
  ['info', 'Informational'],
  ['information', 'Informational'],
  ['warn', 'Warning'],
  ['err', 'Error'],
  ['crit', 'Critical'],
  ['emerg', 'Emergency'],
]);

/** The severity of that name, in any case; undefined for every other word. */
export function severityOf(word: string): Severity | undefined {
  return byWord.get(word.toLowerCase());
}

/** 0 for Emergency to 7 for Debug. */
export function severityNumber(severity: Severity): number {
  return severities.indexOf(severity);
}

/** The severity of a number; beyond the scale: the mildest. */
export function severityAt(number: number): Severity {
  return severities[number] ?? 'Debug';
}
