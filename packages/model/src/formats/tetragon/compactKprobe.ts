import { countOf, integerOf, type JsonObject, listOf, objectOf, textOf } from '../read.ts';
import { maybeQuote } from './goQuote.ts';
import { functionName } from './kprobe.ts';

/** What stands around the process in a compact line: the labelled emoji, and the text behind. */
export interface CompactParts {
  readonly emoji: string;
  readonly label: string;
  /** Undefined: nothing, not even the space before it. */
  readonly detail?: string;
  /** What the detail is set apart as; absent: `detail`. */
  readonly role?: CompactRole;
  /** Directly behind the detail. */
  readonly tail?: CompactPiece;
}

/** A part of a line, which the agent's own printer gives a colour of its own; `plain` has none. */
export type CompactRole =
  | 'event'
  | 'alarm'
  | 'calm'
  | 'source'
  | 'binary'
  | 'detail'
  | 'end'
  | 'path'
  | 'trailer'
  | 'plain';

export interface CompactPiece {
  readonly text: string;
  readonly role: CompactRole;
}

type Arguments = readonly (JsonObject | undefined)[];

const unknown = '❓';

/** How `tetra` prints each kernel function it knows (formats.md 1.9). An argument that is missing prints as nothing. */
const printers = new Map<string, (args: Arguments) => CompactParts>([
  ['sys_write', (args) => transfer('📝', 'write', args)],
  ['sys_read', (args) => transfer('📚', 'read', args)],
  ['fd_install', (args) => ({ emoji: '📬', label: 'open', detail: filePath(args[1]) })],
  ['sys_openat', (args) => ({ emoji: '📬\ufe0f', label: 'openat', detail: stringArg(args[1]) })],
  ['sys_open', (args) => ({ emoji: '📬\ufe0f', label: 'open', detail: stringArg(args[1]) })],
  ['sys_close', (args) => ({ emoji: '📪', label: 'close', detail: filePath(args[0]) })],
  ['sys_mount', (args) => twoPaths('mount', args)],
  ['sys_pivot_root', (args) => twoPaths('pivot_root', args)],
  ['sys_setuid', (args) => ({ emoji: '🔑', label: 'setuid', detail: optionalInt(args[0]) })],
  ['sys_clock_settime', () => ({ emoji: '⏰', label: 'clock_settime' })],
  ['proc_exec_connector', () => ({ emoji: '🔧', label: 'proc_exec_connector' })],
  ['sys_setns', (args) => ({ emoji: '🔧', label: 'setns', detail: namespaceName(args[1]) })],
  ['tcp_connect', (args) => ({ emoji: '🔌', label: 'connect', detail: tuple(args[0]) })],
  ['tcp_close', (args) => ({ emoji: '🧹', label: 'close', detail: tuple(args[0]) })],
  ['tcp_sendmsg', sendmsg],
  ['bpf_check', (args) => ({ emoji: '🐝', label: 'bpf_load', detail: bpfProgram(args[0]) })],
  ['security_perf_event_alloc', perfEvent],
  ['security_bpf_map_alloc', bpfMap],
  ['security_bpf_map_create', bpfMap],
  ['security_file_permission', filePermission],
  ['security_mmap_file', mmapFile],
  ['security_path_truncate', (args) => truncate('security_path_truncate', pathArg(args[0]))],
  ['security_file_truncate', (args) => truncate('security_file_truncate', filePath(args[0]))],
]);

/** The parts of a `process_kprobe`'s line. */
export function compactKprobe(body: JsonObject): CompactParts {
  const name = textOf(body.function_name ?? body.functionName) ?? '';
  const print = printers.get(functionName(name));
  if (print === undefined) {
    return { emoji: unknown, label: 'syscall', detail: maybeQuote(name), role: 'plain' };
  }
  return print(listOf(body.args).map(objectOf));
}

function transfer(emoji: string, label: string, args: Arguments): CompactParts {
  const size = args[2];
  const bytes = size === undefined ? '' : `${number(size.size_arg ?? size.sizeArg)} bytes`;
  return { emoji, label, detail: `${filePath(args[0])} ${bytes}` };
}

function twoPaths(label: string, args: Arguments): CompactParts {
  return { emoji: '💾', label, detail: `${stringArg(args[0])} ${stringArg(args[1])}` };
}

function sendmsg(args: Arguments): CompactParts {
  const bytes = number(args[1]?.int_arg ?? args[1]?.intArg);
  const tail: CompactPiece = { text: ` bytes ${bytes}`, role: 'plain' };
  return { emoji: '📤', label: 'sendmsg', detail: tuple(args[0]), tail };
}

function bpfProgram(arg: JsonObject | undefined): string {
  const attributes = objectOf(arg?.bpf_attr_arg ?? arg?.bpfAttrArg);
  if (arg === undefined) return '';
  const count = number(attributes?.InsnCnt);
  return `${word(attributes?.ProgType)} ${word(attributes?.ProgName)} instruction count ${count}`;
}

function perfEvent(args: Arguments): CompactParts {
  const [arg] = args;
  const event = objectOf(arg?.perf_event_arg ?? arg?.perfEventArg);
  const detail = arg === undefined ? '' : `${word(event?.Type)} ${word(event?.KprobeFunc)}`;
  return { emoji: '🐝', label: 'perf_event_alloc', detail };
}

function bpfMap(args: Arguments): CompactParts {
  const [arg] = args;
  const map = objectOf(arg?.bpf_map_arg ?? arg?.bpfMapArg);
  const sizes = `key size ${number(map?.KeySize)} value size ${number(map?.ValueSize)}`;
  const detail =
    arg === undefined
      ? ''
      : `${word(map?.MapType)} ${word(map?.MapName)} ${sizes} max entries ${number(map?.MaxEntries)}`;
  return { emoji: '🗺', label: 'bpf_map_create', detail };
}

function filePermission(args: Arguments): CompactParts {
  const [file, mask] = args;
  const label = 'security_file_permission';
  if (file === undefined || mask === undefined) return { emoji: unknown, label, detail: '' };
  const detail = filePath(file);
  const access = countOf(mask.int_arg ?? mask.intArg);
  if (access === 2) return { emoji: '📝', label: 'write', detail };
  if (access === 4) return { emoji: '📚', label: 'read', detail };
  return { emoji: unknown, label, detail };
}

function mmapFile(args: Arguments): CompactParts {
  const [file, protection] = args;
  const label = 'security_mmap_file';
  if (file === undefined || protection === undefined) return { emoji: unknown, label, detail: '' };
  const bits = countOf(protection.uint_arg ?? protection.uintArg) ?? 0;
  const letters = ['r', 'w', 'x'].filter((_, bit) => (bits & (1 << bit)) !== 0).join('');
  return { emoji: '📝', label: `mmap-${letters}`, detail: filePath(file) };
}

function truncate(name: string, path: string): CompactParts {
  if (path === '') return { emoji: unknown, label: name, detail: '' };
  return { emoji: '📝', label: 'truncate', detail: path };
}

/** `0 any` and the clone flags of setns(2). */
const namespaces = new Map([
  [0, 'any'],
  [0x20000, 'mnt'],
  [0x80, 'time'],
  [0x2000000, 'cgroup'],
  [0x4000000, 'uts'],
  [0x8000000, 'ipc'],
  [0x10000000, 'user'],
  [0x20000000, 'pid'],
  [0x40000000, 'net'],
]);

function namespaceName(arg: JsonObject | undefined): string {
  if (arg === undefined) return '';
  return namespaces.get(integerOf(arg.int_arg ?? arg.intArg) ?? 0) ?? '';
}

function tuple(arg: JsonObject | undefined): string {
  if (arg === undefined) return '';
  const sock = objectOf(arg.sock_arg ?? arg.sockArg);
  const source = `${word(sock?.saddr)}:${number(sock?.sport)}`;
  return `tcp ${source} -> ${word(sock?.daddr)}:${number(sock?.dport)}`;
}

function filePath(arg: JsonObject | undefined): string {
  return word(objectOf(arg?.file_arg ?? arg?.fileArg)?.path);
}

function pathArg(arg: JsonObject | undefined): string {
  return word(objectOf(arg?.path_arg ?? arg?.pathArg)?.path);
}

function stringArg(arg: JsonObject | undefined): string {
  return word(arg?.string_arg ?? arg?.stringArg);
}

function optionalInt(arg: JsonObject | undefined): string {
  return arg === undefined ? '' : number(arg.int_arg ?? arg.intArg);
}

/** Text of the log, safe for a terminal. */
function word(value: unknown): string {
  return typeof value === 'string' ? maybeQuote(value) : '';
}

/** A number as it stands, 0 when it is absent. */
function number(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return value;
  return String(integerOf(value) ?? 0);
}
