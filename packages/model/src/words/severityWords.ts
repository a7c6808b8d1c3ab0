/** Gravest first, the wire's words. */
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

/** Where a severity stands, 0 the gravest; what we do not know is behind all others. */
export function severityRank(severity: string): number {
  const rank = severities.findIndex((one) => one === severity);
  return rank < 0 ? severities.length : rank;
}

/** Whether an alert of this severity is drawn as loud as what is late and new; a milder one is said quietly. */
export function isGraveSeverity(severity: string): boolean {
  return severityRank(severity) <= severityRank('Error');
}

/** `1 alert, Critical`, `3 alerts, Critical the gravest`; empty for none. `number` writes a count. */
export function alertsWords(
  count: number,
  gravest: string | null,
  number: (count: number) => string = String,
): string {
  if (count === 0) return '';
  const alerts = `${number(count)} alert${count === 1 ? '' : 's'}`;
  if (gravest === null) return alerts;
  return count === 1 ? `${alerts}, ${gravest}` : `${alerts}, ${gravest} the gravest`;
}

/** Before the word: filled for what is grave, hollow for what may be, a dot for what is only told. */
export function severitySign(severity: string): string {
  if (isGraveSeverity(severity)) return '▲';
  return severityRank(severity) <= severityRank('Notice') ? '△' : '·';
}

/** The agent's own word or figure, where it says something else than the severity; empty: it says the same, or nothing. */
export function ownSeverity(severity: string, own: string): string {
  return own.toLowerCase() === severity.toLowerCase() ? '' : own;
}
