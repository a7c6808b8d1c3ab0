import { countOf, enumOf, isObject, type JsonObject, listOf, oneLine, textOf } from '../read.ts';

const verdicts = new Map([
  [1, 'FORWARDED'],
  [2, 'DROPPED'],
  [3, 'ERROR'],
  [4, 'AUDIT'],
  [5, 'REDIRECTED'],
  [6, 'TRACED'],
  [7, 'TRANSLATED'],
]);

/** What the agent says became of the packet or request; empty when it says nothing. */
export function verdictOf(flow: JsonObject): string {
  const verdict = enumOf(flow.verdict, verdicts) ?? '';
  return verdict === 'VERDICT_UNKNOWN' || verdict === '0' ? '' : oneLine(verdict);
}

const denials = ['egress_denied_by', 'ingress_denied_by'];
const MOST_POLICIES = 16;

/** Why it was dropped and by which policies: `POLICY_DENIED by orchard/no-egress`. Empty when not told. */
export function reasonOf(flow: JsonObject): string {
  const policies = denials
    .flatMap((key) => listOf(flow[key]))
    .map(policyName)
    .filter((name) => name !== undefined)
    .slice(0, MOST_POLICIES);
  const by = policies.length === 0 ? [] : [`by ${[...new Set(policies)].join(', ')}`];
  return [...dropReasonOf(flow), ...by].join(' ');
}

function dropReasonOf(flow: JsonObject): readonly string[] {
  const told = textOf(flow.drop_reason_desc);
  if (told !== undefined) return told === 'DROP_REASON_UNKNOWN' ? [] : [oneLine(told)];
  const number = countOf(flow.drop_reason_desc) ?? countOf(flow.drop_reason) ?? 0;
  if (number === 0) return [];
  return [number === POLICY_DENIED ? 'POLICY_DENIED' : `drop reason ${number}`];
}

/** Far the most frequent of the numbers that older agents print instead of a word. */
const POLICY_DENIED = 133;

function policyName(policy: unknown): string | undefined {
  if (!isObject(policy)) return undefined;
  const name = textOf(policy.name);
  const namespace = textOf(policy.namespace);
  if (name === undefined) return undefined;
  return oneLine(namespace === undefined ? name : `${namespace}/${name}`);
}
