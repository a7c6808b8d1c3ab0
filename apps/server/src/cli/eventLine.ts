import { eventSummary } from '@forebear/model/answer/eventSummary';
import { nameOfLabel } from '@forebear/model/event/dialects';
import type { ProcessEvent } from '@forebear/model/event/event';
import { baseName } from '@forebear/model/query/matches';
import { podWords } from '@forebear/model/words/podWords';

/** A part of a line, and what it is: printers colour it. */
export interface LinePart {
  readonly text: string;
  readonly role: 'event' | 'alarm' | 'source' | 'binary' | 'plain';
}

/**
 * One line for an event of an agent that has no compact form of its own: who says it, what, where, whose, and what happened:
 * `falco Terminal shell in container shop/web-1 /bin/bash Notice Terminal shell in container`.
 */
export function eventLine(event: ProcessEvent): LinePart[] {
  const { process, dialect, label, kind, alert } = event;
  const name = nameOfLabel(label);
  const what = name === kind ? kind : `${kind} ${name}`;
  const parts: LinePart[] = [
    { text: dialect, role: 'plain' },
    // The rule of an alert stands with what it says.
    { text: alert?.rule === name ? kind : what, role: alert === undefined ? 'event' : 'alarm' },
    { text: placeOf(event), role: 'source' },
    { text: kind === 'exec' ? '' : (process?.binary ?? ''), role: 'binary' },
    { text: summaryOf(event), role: alert?.blocked === true ? 'alarm' : 'plain' },
  ];
  return parts.filter(({ text }) => text !== '');
}

/** Where it happened: `namespace/pod`, else the node. */
function placeOf({ process, node }: ProcessEvent): string {
  const pod = process?.pod;
  return pod === undefined ? node : podWords(pod.namespace, pod.name);
}

/** What happened, as lists of stored events say it. */
function summaryOf(event: ProcessEvent): string {
  const { process, kind, subject = '', alert } = event;
  const { binary = '', arguments: words = '' } = process ?? {};
  const isSomebody = binary !== '' || process?.pid !== undefined;
  const owner = isSomebody
    ? { process: { binary, arguments: words }, image: undefined }
    : undefined;
  const summary = eventSummary(
    {
      kind,
      subject,
      socket: 'socket' in event ? event.socket : undefined,
      lookup: 'dns' in event ? event.dns : undefined,
      exit: 'exit' in event ? event.exit : undefined,
      flow: 'flow' in event ? event.flow : undefined,
      alert,
    },
    owner,
  );
  if (summary !== '') return summary;
  return kind === 'lost' ? 'the agent lost events' : baseName(binary);
}
