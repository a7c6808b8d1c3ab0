import type { ProcessEvent } from '../../event/event.ts';
import type { Sighting } from '../../event/sighting.ts';
import { formatTime } from '../../event/time.ts';
import { hasTrait, Trait } from '../../event/traits.ts';
import type { Decoded } from '../format.ts';
import { print } from './mergedFacts.ts';

/** A record's meaning as lines a person can check against the fixture. */
export function dumpDecoded(decoded: Decoded): string {
  switch (decoded.kind) {
    case 'events':
      return decoded.events.map(dumpEvent).join('\n');
    case 'skipped':
      return `skipped: ${decoded.reason}`;
    case 'rejected':
      return `rejected: ${decoded.reason}: ${decoded.detail}`;
    case 'imprecise':
      return 'imprecise';
  }
}

function dumpEvent(event: ProcessEvent): string {
  const { kind, label, time, cluster, node, process, parent, ancestors, ...rest } = event;
  const { dialect: _, ...details } = rest;
  const when = time === undefined ? 'no time' : formatTime(time);
  const place = cluster === undefined ? `'${node}'` : `'${cluster}' / '${node}'`;
  const lines = [`${kind} (${label}) ${when} on ${place} ${print(details)}`];
  if (process !== undefined) lines.push(`  process  ${dumpSighting(process)}`);
  if (parent !== undefined) lines.push(`  parent   ${dumpSighting(parent)}`);
  for (const ancestor of ancestors) lines.push(`  ancestor ${dumpSighting(ancestor)}`);
  return lines.join('\n');
}

function dumpSighting(sighting: Sighting): string {
  const { rank, id, traits, startTime, ...fields } = sighting;
  const words = Object.entries(Trait)
    .filter(([, bit]) => hasTrait(traits, bit))
    .map(([name]) => name);
  const start = startTime === undefined ? '' : ` start ${formatTime(startTime)}`;
  return `${rank} ${id}${start} [${words.join(' ')}] ${print(fields)}`;
}
