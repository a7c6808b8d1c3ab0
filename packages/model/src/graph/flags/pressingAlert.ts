import type { AlertFact } from '../../event/facts.ts';
import { severityNumber } from '../../event/severity.ts';

const mildest = severityNumber('Warning');

/** Whether an alert lets no late process be quiet (semantics, Late and new): those below Warning are said of ordinary things, too. */
export function isPressingAlert({ severity }: Pick<AlertFact, 'severity'>): boolean {
  return severityNumber(severity) <= mildest;
}
