import type { EventKind } from './event.ts';

/** Kinds of events that agents write for their policies alone. One about a file or a connection is told as that. */
export const policyKinds: readonly EventKind[] = ['kprobe', 'tracepoint', 'uprobe', 'usdt', 'lsm'];

/** Kinds whose policies count as reports of a process: connections are told as that, whoever asked for them. */
export const reportKinds: readonly EventKind[] = ['file', ...policyKinds];

/** The labels that agents give events of their policies, whatever these are about. */
export const policyLabels: readonly string[] = policyKinds.map((kind) => `process_${kind}`);

/** What an event's subject says of the policy that reported it, and what the agent did. A batch has both as words alone. */
export function policyWords(policy: string | undefined, action: string | undefined): string {
  const words = [
    ...(policy === undefined ? [] : [`policy ${policy}`]),
    ...(action === undefined ? [] : [`action ${action}`]),
  ];
  return words.join(', ');
}

/** They are the last of a subject: what was acted on, before them, is text of the log. */
const last = /(?:^| · )policy ([^\s,·]+)(?:, action [A-Za-z0-9_]+)?$/;

/** The policy that reported an event: a batch has it as words of the subject alone. Undefined: none is named. */
export function policyOf({
  label,
  subject,
}: {
  readonly label: string;
  readonly subject: string;
}): string | undefined {
  return policyLabels.includes(label) ? policyIn(subject) : undefined;
}

/** The policy that a subject names; undefined: none. */
function policyIn(subject: string): string | undefined {
  return last.exec(subject)?.[1];
}

/** What was acted on: the subject without the words of the policy that reported it. */
export function subjectBeforePolicy({
  label,
  subject,
}: {
  readonly label: string;
  readonly subject: string;
}): string {
  return policyLabels.includes(label) ? subject.replace(last, '') : subject;
}

/** The subject of an event that no policy reported: a file may be called what a policy's words would be. */
export function subjectWithoutPolicy(subject: string): string {
  return policyIn(subject) === undefined ? subject : `${subject} · no policy`;
}
