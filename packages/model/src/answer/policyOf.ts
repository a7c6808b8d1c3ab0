import { policyLabels } from '../wire/events.ts';
import type { EventView } from './eventView.ts';

/** As `withPolicy` of the formats puts it into words: the last of a subject, for what was acted on is text of the log. */
const inWords = /(?:^| · )policy ([^\s,·]+)(?:, action [A-Za-z0-9_]+)?$/;

/** The policy that reported an event: a batch has it as words of the subject alone. Undefined: none is named. */
export function policyOf({
  label,
  subject,
}: Pick<EventView, 'label' | 'subject'>): string | undefined {
  return policyLabels.includes(label) ? inWords.exec(subject)?.[1] : undefined;
}
