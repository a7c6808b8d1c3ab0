import { labelOf } from '../../event/dialects.ts';
import type { ExitDetail, GapDetail, ProcessEvent } from '../../event/event.ts';
import type { Sighting } from '../../event/sighting.ts';
import { nodeIdOf, podIdOf } from '../../event/spelledIds.ts';
import type { Decoded, Decoder, Origin } from '../format.ts';
import { countOf, oneLine } from '../read.ts';
import { flowOf } from './ends.ts';
import { unquoted, wordAt } from './goText.ts';
import { type CompactLine, type ProcessWords, readLine } from './head.ts';
import { lookupOf } from './lookup.ts';
import { noiseOf } from './noise.ts';

/** Reads one line at a time and remembers nothing. */
export class CompactDecoder implements Decoder {
  decode(): Decoded {
    return rejected('Compact text is no JSON.');
  }

  decodeText(line: string, origin?: Origin): Decoded {
    const noise = noiseOf(line);
    if (noise !== undefined) return { kind: 'skipped', reason: noise };
    const read = readLine(line);
    if (read === undefined) return rejected('It is no line of an event.');
    return { kind: 'events', events: [eventOf(read, origin)] };
  }
}

function rejected(detail: string): Decoded {
  return { kind: 'rejected', reason: 'no_event', detail };
}

type Base = Omit<Extract<ProcessEvent, { kind: 'dns' }>, 'kind' | 'dns'>;

function eventOf(line: CompactLine, origin: Origin | undefined): ProcessEvent {
  const { meaning, detail } = line;
  const base = baseOf(line, origin);
  const binary = line.origin?.binary ?? '';
  switch (meaning.is) {
    case 'exec':
      return { ...base, kind: 'exec', subject: words(binary, unquoted(detail)) };
    case 'exit': {
      const { exit, rest } = exitOf(detail);
      return { ...base, kind: 'exit', exit, subject: words(binary, unquoted(rest)) };
    }
    case 'flow': {
      const flow = flowOf(detail, meaning.direction);
      return flow === undefined ? { ...base, kind: 'other' } : { ...base, kind: 'flow', flow };
    }
    case 'dns': {
      const dns = lookupOf(detail);
      return dns === undefined ? { ...base, kind: 'other' } : { ...base, kind: 'dns', dns };
    }
    case 'file':
      return fileEvent(base, meaning.verb, line);
    case 'rate_limit':
      return { ...base, kind: 'rate_limit', gap: { gap: 'rate_limit' } };
    case 'throttle':
      return throttleEvent(base, detail);
    case 'listen':
      return { ...base, kind: 'other' };
    case 'plain':
      return { ...base, kind: meaning.kind };
  }
}

/** What every event has. Its subject says all that the line says of what happened, unless the kind has a better one. */
function baseOf({ time, label, origin: said, detail }: CompactLine, origin?: Origin): Base {
  const process = said === undefined ? undefined : placeOf(said, origin);
  const when = time ?? origin?.time;
  return {
    dialect: 'compact',
    label: labelOf('compact', label),
    node: nodeOf(said, origin),
    ancestors: [],
    subject: words(said?.binary ?? '', label, detail),
    ...(when === undefined ? {} : { time: when }),
    ...(origin?.cluster === undefined ? {} : { cluster: origin.cluster }),
    ...(process === undefined ? {} : { process }),
  };
}

/** The agent's line of a pod does not say on which node it printed. */
function nodeOf(said: ProcessWords | undefined, origin: Origin | undefined): string {
  return said === undefined || said.node === '' ? (origin?.node ?? '') : said.node;
}

/** Nothing tells one process of a pod from another: what happened, happened to the pod, or to the node. */
function placeOf(said: ProcessWords, origin: Origin | undefined): Sighting | undefined {
  const { pod } = said;
  if (pod !== undefined) {
    return { rank: 1, id: podIdOf('compact', pod.namespace, pod.name, ''), traits: 0, pod };
  }
  const node = nodeOf(said, origin);
  return node === '' ? undefined : { rank: 1, id: nodeIdOf('compact', node), traits: 0 };
}

const STATUS = /^\d{1,10}$/;
const SIGNAL = /^SIG[A-Z0-9+-]{1,16}$/;

/** The last word is the status or the signal; without one the line was cut, and how it ended is not known. */
function exitOf(detail: string): { readonly exit: ExitDetail; readonly rest: string } {
  const space = detail.lastIndexOf(' ');
  const last = detail.slice(space + 1);
  const rest = detail.slice(0, Math.max(space, 0)).trimEnd();
  const code = STATUS.test(last) ? countOf(last) : undefined;
  if (code !== undefined) return { exit: { code }, rest };
  return SIGNAL.test(last) ? { exit: { signal: last }, rest } : { exit: {}, rest: detail };
}

const SIZE = / \d{1,20} bytes$/;

/** The binary stands behind what it did, where it does not disturb who looks for a path. */
function fileEvent(base: Base, verb: string, { detail, origin }: CompactLine): ProcessEvent {
  const size = SIZE.exec(detail);
  const path = oneLine(unquoted(size === null ? detail : detail.slice(0, size.index)));
  if (path === '') return { ...base, kind: 'kprobe' };
  const binary = origin === undefined || origin.binary === '' ? '' : `· by ${origin.binary}`;
  return { ...base, kind: 'file', subject: words(verb, path, binary) };
}

const throttles = new Map<string, GapDetail['gap']>([
  ['START', 'throttle_start'],
  ['STOP', 'throttle_stop'],
]);

function throttleEvent(base: Base, detail: string): ProcessEvent {
  const { text, end } = wordAt(detail, 0);
  const gap = throttles.get(text);
  if (gap === undefined) return { ...base, kind: 'other' };
  const cgroup = oneLine(unquoted(detail.slice(end).trim()));
  const told: GapDetail = cgroup === '' ? { gap } : { gap, cgroup };
  return { ...base, kind: 'throttle', gap: told, subject: cgroup };
}

function words(...parts: readonly string[]): string {
  return oneLine(parts.filter((part) => part !== '').join(' '));
}
