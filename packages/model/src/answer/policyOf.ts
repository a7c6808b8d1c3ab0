import { policyIn } from '../event/policyWords.ts';
import { policyLabels } from '../wire/events.ts';
import type { EventView } from './eventView.ts';

/** The policy that reported an event: a batch has it as words of the subject alone. Undefined: none is named. */
export function policyOf({
  label,
  subject,
}: Pick<EventView, 'label' | 'subject'>): string | undefined {
  return policyLabels.includes(label) ? policyIn(subject) : undefined;
}
