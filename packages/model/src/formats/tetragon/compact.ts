import { formatTime } from '../../event/time.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf, textsOf, timeOf } from '../read.ts';
import {
  type CompactParts,
  type CompactPiece,
  type CompactRole,
  compactKprobe,
} from './compactKprobe.ts';
import { rawSyscall } from './compactSyscall.ts';
import { rcodeName, recordTypesOf } from './dns.ts';
import { decodeBase64 } from './execId.ts';
import { maybeQuote } from './goQuote.ts';
import { type EventKey, eventKeyOf } from './kinds.ts';
import { protocolOf } from './socket.ts';

export interface CompactOptions {
  /** Prefix each line with the event's time, nine digits, UTC. */
  readonly timestamps?: boolean;
  /** Sets a part of a line apart, as a colour does; what it adds is not counted as width. Absent: parts stay as they are. */
  readonly paint?: (text: string, role: CompactRole) => string;
}

/**
 * The lines that `tetra getevents -o compact` and `hubble-enterprise getevents -o compact` print for a record, one per
 * event (formats.md 1.9 and 2.3); a kind they do not know as `❓ <kind>`. Text is quoted as Go quotes it, so that nothing
 * in a log reaches a terminal raw. Colours are the caller's, by `paint`. Empty for a value without an event.
 */
export function compactLines(value: unknown, options: CompactOptions = {}): readonly string[] {
  if (!isObject(value)) return [];
  const time = options.timestamps === true ? timeOf(value.time) : undefined;
  const prefix = time === undefined ? '' : `${formatTime(time)} `;
  const { paint = unpainted } = options;
  const lines: string[] = [];
  for (const key in value) {
    const event = eventKeyOf(key);
    const body = value[key];
    if (event === undefined || !isObject(body)) continue;
    const pieces = piecesOf(event, body, value);
    const painted = pieces.map(({ text: part, role }) => paint(part, role));
    lines.push(paint(prefix, 'plain') + painted.join(''));
  }
  return lines;
}

function unpainted(part: string): string {
  return part;
}

const space: CompactPiece = { text: ' ', role: 'plain' };

function piecesOf(event: EventKey, body: JsonObject, envelope: JsonObject): CompactPiece[] {
  const { label } = event;
  if (label === 'test') return [{ text: 'TEST EVENT', role: 'plain' }];
  if (label === 'process_throttle') return throttleLine(body);
  const process = objectOf(body.process);
  const parts = partsOf(label, body);
  const pieces: CompactPiece[] = [{ text: eventWord(parts), role: 'event' }];
  if (process !== undefined) {
    pieces.push(space, { text: sourceOf(process, envelope), role: 'source' });
    pieces.push(space, { text: word(process.binary), role: 'binary' });
  }
  if (parts.detail !== undefined) {
    pieces.push(space, { text: parts.detail, role: parts.role ?? 'detail' });
    if (parts.tail !== undefined) pieces.push(parts.tail);
  }
  return [...pieces, ...capabilities(pieces, process)];
}

function partsOf(label: string, body: JsonObject): CompactParts {
  switch (label) {
    case 'process_exec':
      return { emoji: '🚀', label: 'process', detail: processArguments(body) };
    case 'process_exit':
      return {
        emoji: '💥',
        label: 'exit',
        detail: `${processArguments(body)} `,
        tail: { text: exitWord(body), role: 'end' },
      };
    case 'process_loader':
      return {
        emoji: '🧬',
        label: 'loader',
        detail: buildId(body),
        role: 'plain',
        tail: { text: word(body.path), role: 'path' },
      };
    case 'process_kprobe':
      return compactKprobe(body);
    case 'process_tracepoint':
      return tracepointParts(body);
    case 'process_uprobe':
      return probeParts('uprobe', body.path, body.symbol);
    case 'process_usdt':
      return probeParts('usdt', body.path, body.provider, body.name);
    case 'process_lsm':
      return {
        emoji: '🔒',
        label: 'LSM',
        detail: word(body.function_name ?? body.functionName),
        role: 'plain',
      };
    default:
      return enterpriseParts(label, body);
  }
}

function enterpriseParts(label: string, body: JsonObject): CompactParts {
  switch (label) {
    case 'process_connect':
      return { emoji: '🔌', label: 'connect', detail: `${ends(body)} ${names(body)}` };
    case 'process_accept':
      return { emoji: '💡', label: 'accept', detail: `${ends(body)} ${names(body)}` };
    case 'process_listen':
      return { emoji: '🎧', label: 'listen', detail: `${protocol(body)} ${listening(body)}` };
    case 'process_close':
      return {
        emoji: '🧹',
        label: 'close',
        detail: `${ends(body)} ${names(body)}${counters(body)} `,
      };
    case 'process_sock_stats':
      return {
        emoji: '🧮',
        label: 'socket',
        detail: `${ends(body)} ${names(body)}${counters(body)}`,
      };
    case 'process_dns':
      return { emoji: '📖', label: 'dns', detail: lookup(body) };
    default:
      return { emoji: '❓', label };
  }
}

function eventWord({ emoji, label }: CompactParts): string {
  return `${emoji} ${label.padEnd(7)}`;
}

/** `namespace/pod`, else the node. */
function sourceOf(process: JsonObject, envelope: JsonObject): string {
  const pod = objectOf(process.pod);
  const source =
    pod === undefined
      ? text(envelope.node_name ?? envelope.nodeName)
      : `${text(pod.namespace)}/${text(pod.name)}`;
  return maybeQuote(source);
}

function processArguments(body: JsonObject): string {
  return word(objectOf(body.process)?.arguments);
}

function exitWord(body: JsonObject): string {
  const signal = textOf(body.signal);
  return signal === undefined ? number(body.status) : maybeQuote(signal);
}

function throttleLine(body: JsonObject): CompactPiece[] {
  const starts = body.type === 'THROTTLE_START' || body.type === 1;
  const stops = body.type === 'THROTTLE_STOP' || body.type === 2;
  return [
    { text: eventWord({ emoji: '🧬', label: 'throttle' }), role: 'alarm' },
    space,
    starts ? { text: 'START', role: 'alarm' } : { text: stops ? 'STOP ' : '', role: 'calm' },
    space,
    { text: word(body.cgroup), role: 'plain' },
  ];
}

function buildId(body: JsonObject): string {
  const bytes = decodeBase64(textOf(body.buildid) ?? '');
  if (bytes === undefined || bytes.length === 0) return '';
  return `${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')} `;
}

function tracepointParts(body: JsonObject): CompactParts {
  const subsystem = text(body.subsys);
  const event = text(body.event);
  if (subsystem === 'raw_syscalls' && event === 'sys_enter') {
    return { emoji: '☎ ', label: 'syscall', detail: rawSyscall(body), role: 'plain' };
  }
  const detail = `${maybeQuote(subsystem)} ${maybeQuote(event)}`;
  return { emoji: '⁉️', label: 'tracepoint', detail, role: 'plain' };
}

function probeParts(label: string, ...values: readonly unknown[]): CompactParts {
  return { emoji: '🕵️', label, detail: values.map(word).join(' '), role: 'plain' };
}

function ends(body: JsonObject): string {
  const socket = objectOf(body.socket) ?? body;
  const source = `${word(socket.source_ip ?? socket.sourceIp)}:${number(socket.source_port ?? socket.sourcePort)}`;
  const to = `${word(socket.destination_ip ?? socket.destinationIp)}:${number(socket.destination_port ?? socket.destinationPort)}`;
  return `${protocol(body)} ${source} => ${to}`;
}

function listening(body: JsonObject): string {
  return `${word(body.ip)}:${number(body.port)}`;
}

function protocol(body: JsonObject): string {
  const socket = objectOf(body.socket) ?? body;
  return maybeQuote(protocolOf(socket.protocol)) || 'UNKNOWN';
}

/** `[a. b.] ` or nothing. */
function names(body: JsonObject): string {
  const socket = objectOf(body.socket) ?? body;
  const given = textsOf(socket.destination_names ?? socket.destinationNames);
  return given.length === 0 ? '' : `${list(given)} `;
}

function counters(body: JsonObject): string {
  const stats = objectOf(body.stats);
  const sent = number(stats?.bytes_sent ?? stats?.bytesSent);
  return `tx ${sent} B rx ${number(stats?.bytes_received ?? stats?.bytesReceived)} B`;
}

/** A question: names and types. An answer: code, names, addresses, types. */
function lookup(body: JsonObject): string {
  const dns = objectOf(body.dns);
  if (dns === undefined) return '';
  const asked = list(textsOf(dns.names));
  const queryTypes = recordTypesOf(
    dns.query_types ?? dns.queryTypes ?? dns.question_types ?? dns.questionTypes,
  );
  if (dns.response !== true) return `${asked} ${list(queryTypes)}`;
  const code = Number(number(dns.return_code ?? dns.returnCode ?? dns.rcode));
  const types = recordTypesOf(
    dns.response_types ?? dns.responseTypes ?? dns.answer_types ?? dns.answerTypes,
  );
  return `${rcodeName(code)} ${asked} ${list(textsOf(dns.ips))} ${list(types)}`;
}

/** As Go prints a list of strings. */
function list(items: readonly string[]): string {
  return `[${items.map(maybeQuote).join(' ')}]`;
}

const TRAILER_COLUMN = 120;
const TRAILER = '🛑 CAP_SYS_ADMIN';
const SYS_ADMIN = 21;

/**
 * `tetra`'s mark at column 120. It tests the position in the list of effective capabilities, not the capability: any
 * process with 22 or more has it. Its column counts bytes.
 */
function capabilities(
  line: readonly CompactPiece[],
  process: JsonObject | undefined,
): readonly CompactPiece[] {
  const effective = listOf(objectOf(process?.cap)?.effective);
  if (effective.length <= SYS_ADMIN) return [];
  const bytes = new TextEncoder().encode(line.map(({ text: part }) => part).join('')).length;
  const width = Math.max(TRAILER_COLUMN - bytes, [...TRAILER].length);
  const padding = ' '.repeat(1 + width - [...TRAILER].length);
  return [
    { text: padding, role: 'plain' },
    { text: TRAILER, role: 'trailer' },
  ];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Text of the log, safe for a terminal. */
function word(value: unknown): string {
  return maybeQuote(text(value));
}

/** A number as it stands, 0 when it is absent. */
function number(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return value;
  return typeof value === 'number' && Number.isInteger(value) ? String(value) : '0';
}
