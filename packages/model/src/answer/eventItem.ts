import { dialectOf } from '../event/dialects.ts';
import { policyOf, subjectBeforePolicy } from '../event/policyWords.ts';
import type { Derived } from '../graph/derived.ts';
import type { EventItem } from '../wire/events.ts';
import { podNameOf, podNameOfKey } from './context.ts';
import { eventSummary } from './eventSummary.ts';
import { type EventView, ownerOf } from './eventView.ts';
import { timeTextOf } from './timeText.ts';

/** One event as a list shows it. `derived` holds at least the card of its process. */
export function eventItem(derived: Derived, event: EventView): EventItem {
  const owner = ownerOf(derived, event);
  const image = owner?.image ?? owner?.process;
  return {
    id: event.id,
    time: timeTextOf(event.time),
    kind: event.kind,
    label: event.label,
    agent: dialectOf(event.label),
    process:
      owner === undefined || image === undefined
        ? null
        : {
            ref: owner.process.ref,
            binary: image.binary,
            arguments: image.arguments,
            pid: owner.process.pid ?? null,
          },
    pod:
      (owner === undefined
        ? podNameOfKey(derived, event.process)
        : podNameOf(derived, owner.process)) ?? null,
    node: event.node,
    summary: eventSummary(event, owner),
    policy: policyOf(event) ?? null,
    file: fileOf(event),
    rule: event.alert?.rule ?? null,
    source: event.source,
    sameAs: event.sameAs,
  };
}

/** `read /etc/shadow` is a verb and a path, which may hold spaces. */
function fileOf(event: EventView): EventItem['file'] {
  if (event.kind !== 'file') return null;
  const said = subjectBeforePolicy(event);
  const space = said.indexOf(' ');
  return space < 0
    ? { verb: 'touched', path: said }
    : { verb: said.slice(0, space), path: said.slice(space + 1) };
}
