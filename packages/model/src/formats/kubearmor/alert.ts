import type { AlertDetail } from '../../event/event.ts';
import { type Severity, severityOf } from '../../event/severity.ts';
import type { KubeArmorRecord } from './record.ts';

/** The agent counts from 1 to 10, gravest last. */
const byNumber: readonly Severity[] = [
  'Informational',
  'Informational',
  'Notice',
  'Notice',
  'Warning',
  'Warning',
  'Warning',
  'Error',
  'Error',
  'Critical',
  'Critical',
];

/** What the policy said; undefined for telemetry, where no policy spoke. */
export function alertOf(record: KubeArmorRecord): AlertDetail | undefined {
  const { type, policyName } = record;
  const matched = type.startsWith('Matched') || (type === '' && policyName !== '');
  if (!matched) return undefined;
  return {
    rule: policyName,
    severity: alertSeverity(record.severity),
    severityWord: record.severity,
    tags: record.tags,
    output: record.message,
    action: record.action,
    enforcer: record.enforcer,
    result: record.result,
    blocked: wasPrevented(record),
  };
}

/**
 * True: what the record tells did not happen. The kernel refused it, by this agent's doing or another's; or the agent's firewall
 * dropped a packet, which has no result.
 */
export function wasPrevented({ result, action }: KubeArmorRecord): boolean {
  if (result === '') return action === 'Block';
  return result === 'Permission denied' || result === 'Operation not permitted';
}

/** Why it did not succeed, in the agent's words; empty when it did, or goes on (a connect that does not wait). */
export function failureOf({ result }: KubeArmorRecord): string {
  return result === 'Passed' || result === 'Operation now in progress' ? '' : result;
}

function alertSeverity(word: string): Severity {
  const number = /^\d{1,2}$/.test(word) ? Number(word) : undefined;
  const known = number === undefined ? severityOf(word) : byNumber[number];
  return known ?? 'Informational';
}
