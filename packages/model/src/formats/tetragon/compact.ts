import { formatTime } from '../../event/time.ts';
import { isObject, type JsonObject, listOf, objectOf, textOf, textsOf, timeOf } from '../read.ts';
import { type CompactParts, compactKprobe } from './compactKprobe.ts';
import { rcodeName, recordTypesOf } from './dns.ts';
import { decodeBase64 } from './execId.ts';
import { maybeQuote } from './goQuote.ts';
import { type EventKey, eventKeyOf } from './kinds.ts';
import { protocolOf } from './socket.ts';
import { syscallName } from './syscallNames.ts';

export interface CompactOptions {
  /** Prefix each line with the event's time, nine digits, UTC. */
  readonly timestamps?: boolean;
}

/**
 * The lines that `tetra getevents -o compact` and `hubble-enterprise getevents -o compact` print for a record, one per
 * event, without colours (formats.md 1.9 and 2.3); a kind they do not know as `❓ <kind>`. Text is quoted as Go quotes
 * it, so that nothing in a log reaches a terminal raw. Empty for a value without an event.
 */
export function compactLines(value: unknown, options: CompactOptions = {}): readonly string[] {
  if (!isObject(value)) return [];
  const time = options.timestamps === true ? timeOf(value.time) : undefined;
  const prefix = time === undefined ? '' : `${formatTime(time)} `;
  const lines: string[] = [];
  for (const key in value) {
    const event = eventKeyOf(key);
    const body = value[key];
    if (event === undefined || !isObject(body)) continue;
    lines.push(prefix + lineOf(event, body, value));
  }
  return lines;
}

function lineOf(event: EventKey, body: JsonObject, envelope: JsonObject): string {
  const { label } = event;
  if (label === 'test') return 'TEST EVENT';
  if (label === 'process_throttle') return throttleLine(body);
  const process = objectOf(body.process);
  const parts = partsOf(label, body);
  const words = [eventWord(parts)];
  if (process !== undefined) words.push(processInfo(process, envelope));
  if (parts.detail !== undefined) words.push(parts.detail);
  return withCapabilities(words.join(' '), process);
}

function partsOf(label: string, body: JsonObject): CompactParts {
  switch (label) {
    case 'process_exec':
      return { emoji: '🚀', label: 'process', detail: processArguments(body) };
    case 'process_exit':
      return { emoji: '💥', label: 'exit', detail: `${processArguments(body)} ${exitWord(body)}` };
    case 'process_loader':
      return { emoji: '🧬', label: 'loader', detail: buildId(body) + word(body.path) };
    case 'process_kprobe':
      return compactKprobe(body);
    case 'process_tracepoint':
      return tracepointParts(body);
    case 'process_uprobe':
      return probeParts('uprobe', body.path, body.symbol);
    case 'process_usdt':
      return probeParts('usdt', body.path, body.provider, body.name);
    case 'process_lsm':
      return { emoji: '🔒', label: 'LSM', detail: word(body.function_name ?? body.functionName) };
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

/** `namespace/pod`, else the node; then the binary. */
function processInfo(process: JsonObject, envelope: JsonObject): string {
  const pod = objectOf(process.pod);
  const source =
    pod === undefined
      ? text(envelope.node_name ?? envelope.nodeName)
      : `${text(pod.namespace)}/${text(pod.name)}`;
  return `${maybeQuote(source)} ${word(process.binary)}`;
}

function processArguments(body: JsonObject): string {
  return word(objectOf(body.process)?.arguments);
}

function exitWord(body: JsonObject): string {
  const signal = textOf(body.signal);
  return signal === undefined ? number(body.status) : maybeQuote(signal);
}

function throttleLine(body: JsonObject): string {
  const words = new Map<unknown, string>([
    ['THROTTLE_START', 'START'],
    [1, 'START'],
    ['THROTTLE_STOP', 'STOP '],
    [2, 'STOP '],
  ]);
  const type = words.get(body.type) ?? '';
  return `${eventWord({ emoji: '🧬', label: 'throttle' })} ${type} ${word(body.cgroup)}`;
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
    return { emoji: '☎ ', label: 'syscall', detail: rawSyscall(body) };
  }
  const detail = `${maybeQuote(subsystem)} ${maybeQuote(event)}`;
  return { emoji: '⁉️', label: 'tracepoint', detail };
}

/** The name of the syscall in the first argument. Its parameters need the kernel's tables: they are not printed. */
function rawSyscall(body: JsonObject): string {
  const first = objectOf(listOf(body.args)[0]);
  const id = objectOf(first?.syscall_id ?? first?.syscallId);
  const abi = textOf(id?.abi) ?? 'x64';
  const value = Number(number(id?.id ?? first?.long_arg ?? first?.longArg));
  const name = abi === 'x64' || abi === 'amd64' ? syscallName(value) : undefined;
  return name ?? 'unknown';
}

function probeParts(label: string, ...values: readonly unknown[]): CompactParts {
  return { emoji: '🕵️', label, detail: values.map(word).join(' ') };
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
function withCapabilities(line: string, process: JsonObject | undefined): string {
  const effective = listOf(objectOf(process?.cap)?.effective);
  if (effective.length <= SYS_ADMIN) return line;
  const bytes = new TextEncoder().encode(line).length;
  const width = Math.max(TRAILER_COLUMN - bytes, [...TRAILER].length);
  return `${line} ${' '.repeat(width - [...TRAILER].length)}${TRAILER}`;
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
