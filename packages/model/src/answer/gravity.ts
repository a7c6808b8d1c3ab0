import type { AlertFact } from '../event/facts.ts';
import { severityNumber } from '../event/severity.ts';
import type { DerivedProcess, Leaf } from '../graph/derived.ts';
import { isHindering } from '../graph/network/verdict.ts';
import { outOfPlaceOf } from './standing.ts';

/**
 * What a process may show that is grave, gravest first. Being late and new is not among them, a busy pod has hundreds of those; nor
 * is what a policy reported, which is as grave as a policy that the log does not hold. What containers do as they start,
 * such as being entered by a runtime without a file name, is grave only of a process that is loud.
 */
export const graveSigns = [
  'grave_alert',
  'out_of_place',
  'raised_to_root',
  'random_name',
  'refused_call',
  'unlinked_binary',
  'injected',
] as const;
export type GraveSign = (typeof graveSigns)[number];

/** Those of `graveSigns` that a process shows. */
export function graveSignsOf(process: DerivedProcess): readonly GraveSign[] {
  const { flags, role, loud, connections, alerts } = process;
  if (flags.length === 0 && alerts.length === 0) return noSigns;
  const isFlagged = (code: string) => flags.some((flag) => flag.code === code);
  const has: Record<GraveSign, boolean> = {
    grave_alert: alerts.some(isGraveAlert),
    out_of_place: outOfPlaceOf(process).length > 0,
    raised_to_root: isFlagged('raised_to_root'),
    random_name: loud && connections.some(isRandomCall),
    refused_call: loud && connections.some(isRefusedCall),
    unlinked_binary: loud && isFlagged('unlinked_binary'),
    injected: loud && role === 'injected',
  };
  return graveSigns.filter((sign) => has[sign]);
}

/** Whether what an agent said is grave by itself: Error or graver. */
export function isGraveAlert({ severity }: Pick<AlertFact, 'severity'>): boolean {
  return severityNumber(severity) <= mildestGrave;
}

const mildestGrave = severityNumber('Error');

const noSigns: readonly GraveSign[] = [];

/** Somebody on the way, or on the node, did not let it through: it was meant, and is as grave as one that came about. */
function isRefusedCall({ direction, verdict }: Leaf): boolean {
  return direction === 'outbound' && isHindering(verdict);
}

function isRandomCall({ direction, external, randomName }: Leaf): boolean {
  return direction === 'outbound' && external && randomName;
}
