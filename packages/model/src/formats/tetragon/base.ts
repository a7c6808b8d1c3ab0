import type { PlainKind, ProcessEvent } from '../../event/event.ts';
import { policyWords, subjectWithoutPolicy } from '../../event/policyWords.ts';
import { type JsonObject, type Precision, textOf } from '../read.ts';

/** What every event has, whatever its kind. */
export type EventBase = Omit<Extract<ProcessEvent, { kind: 'dns' }>, 'kind' | 'dns'>;

/** Reads an event's body onto its base. Total: a body that lacks what its kind promises becomes a plainer event. */
export type BodyReader = (body: JsonObject, base: EventBase, precision: Precision) => ProcessEvent;

/** An event without details. Its base may have a policy as subject: that stands after what was acted on. */
export function plainEvent(base: EventBase, kind: PlainKind, subject?: string): ProcessEvent {
  if (subject === undefined) return { ...base, kind };
  const whole =
    base.subject === undefined ? subjectWithoutPolicy(subject) : `${subject} · ${base.subject}`;
  return { ...base, kind, subject: whole };
}

/** A reader of events whose only detail is the text that `subjectOf` finds. */
export function plainReader(
  kind: PlainKind,
  subjectOf?: (body: JsonObject) => string | undefined,
): BodyReader {
  return (body, base) => plainEvent(withPolicy(body, base), kind, subjectOf?.(body));
}

/**
 * The base with the policy that reported the event and the action it took, when it intervened. Both are its subject in
 * words, with the actions that only report: an event of a policy is read for which policy that was.
 */
export function withPolicy(body: JsonObject, base: EventBase): EventBase {
  const policy = textOf(body.policy_name ?? body.policyName);
  const action =
    enforcementOf(body.action) ?? enforcementOf(body.return_action ?? body.returnAction);
  if (policy === undefined && action === undefined) return base;
  return {
    ...base,
    ...(policy === undefined ? {} : { policy }),
    ...(action === undefined ? {} : { action }),
    subject: policyWords(policy, action ?? reportOf(body.action)),
  };
}

const ACTION = 'KPROBE_ACTION_';
const enforcements = new Map<unknown, string>([
  [3, 'SIGKILL'],
  [5, 'OVERRIDE'],
  [10, 'SIGNAL'],
  [13, 'NOTIFYENFORCER'],
]);
const enforcing = new Set(enforcements.values());

/** The agent's intervention, without its prefix; undefined for actions that only report. */
function enforcementOf(action: unknown): string | undefined {
  if (typeof action !== 'string') return enforcements.get(action);
  const word = withoutPrefix(action);
  return enforcing.has(word) ? word : undefined;
}

/** An action that changed nothing, such as `POST`; undefined when the event names none. */
function reportOf(action: unknown): string | undefined {
  if (typeof action !== 'string' || action === '') return undefined;
  const word = withoutPrefix(action);
  return word === 'UNKNOWN' ? undefined : word;
}

function withoutPrefix(action: string): string {
  return action.startsWith(ACTION) ? action.slice(ACTION.length) : action;
}
