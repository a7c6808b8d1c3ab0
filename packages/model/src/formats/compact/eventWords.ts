import type { EventKind, FlowDirection } from '../../event/event.ts';

/** What an event word means: how the rest of its line is read. */
export type Meaning =
  | { readonly is: 'exec' | 'exit' | 'listen' | 'dns' | 'throttle' | 'rate_limit' }
  | { readonly is: 'flow'; readonly direction: FlowDirection }
  | { readonly is: 'file'; readonly verb: string }
  | { readonly is: 'plain'; readonly kind: PlainWordKind };

type PlainWordKind = Extract<
  EventKind,
  'kprobe' | 'tracepoint' | 'uprobe' | 'usdt' | 'lsm' | 'loader' | 'other'
>;

/** What agents print of a kernel function or an event that they have no word for. */
const UNKNOWN = '❓';
const kprobe: Meaning = { is: 'plain', kind: 'kprobe' };
const outbound: Meaning = { is: 'flow', direction: 'outbound' };
const eitherWay: Meaning = { is: 'flow', direction: 'unknown' };

/** By emoji, without what selects its colourful form, and label. */
const meanings = new Map<string, Meaning>([
  ['🚀 process', { is: 'exec' }],
  ['💥 exit', { is: 'exit' }],
  ['🧬 throttle', { is: 'throttle' }],
  ['🧬 loader', { is: 'plain', kind: 'loader' }],
  ['☎ syscall', { is: 'plain', kind: 'tracepoint' }],
  ['⁉ tracepoint', { is: 'plain', kind: 'tracepoint' }],
  ['🕵 uprobe', { is: 'plain', kind: 'uprobe' }],
  ['🕵 usdt', { is: 'plain', kind: 'usdt' }],
  ['🔒 LSM', { is: 'plain', kind: 'lsm' }],
  ['📝 write', { is: 'file', verb: 'write' }],
  ['📝 truncate', { is: 'file', verb: 'truncate' }],
  ['📚 read', { is: 'file', verb: 'read' }],
  ['📬 open', { is: 'file', verb: 'open' }],
  ['📬 openat', { is: 'file', verb: 'open' }],
  ['📪 close', { is: 'file', verb: 'close' }],
  [`${UNKNOWN} security_file_permission`, { is: 'file', verb: 'access' }],
  [`${UNKNOWN} security_mmap_file`, { is: 'file', verb: 'mmap' }],
  [`${UNKNOWN} syscall`, kprobe],
  [`${UNKNOWN} rate_limit_info`, { is: 'rate_limit' }],
  [`${UNKNOWN} tls`, { is: 'plain', kind: 'other' }],
  ['💾 mount', kprobe],
  ['💾 pivot_root', kprobe],
  ['🔑 setuid', kprobe],
  ['⏰ clock_settime', kprobe],
  ['🔧 proc_exec_connector', kprobe],
  ['🔧 setns', kprobe],
  ['🐝 bpf_load', kprobe],
  ['🐝 perf_event_alloc', kprobe],
  ['🗺 bpf_map_create', kprobe],
  ['🔌 connect', outbound],
  ['📤 sendmsg', outbound],
  ['💡 accept', { is: 'flow', direction: 'inbound' }],
  ['🧹 close', eitherWay],
  ['🧮 socket', eitherWay],
  ['🎧 listen', { is: 'listen' }],
  ['📖 dns', { is: 'dns' }],
]);

const emojis = new Set(Array.from(meanings.keys(), (word) => word.slice(0, word.indexOf(' '))));

/** Kinds that the printing program had no word for. */
const KIND = /^(?:process|interface)_[a-z0-9_]{1,64}$/;
const LONGEST_LABEL = 64;
const MMAP = /^mmap-r?w?x?$/;

/** Whether lines of events begin with it. */
export function isEventEmoji(emoji: string): boolean {
  return emojis.has(emoji);
}

/** The meaning of a word; undefined: no event is called so. */
export function meaningOf(emoji: string, label: string): Meaning | undefined {
  const meaning = meanings.get(`${emoji} ${label}`);
  if (meaning !== undefined) return meaning;
  if (emoji === '📝' && MMAP.test(label)) return { is: 'file', verb: 'mmap' };
  if (emoji !== UNKNOWN) return undefined;
  if (KIND.test(label)) return { is: 'plain', kind: 'other' };
  return label.startsWith('security_') && label.length < LONGEST_LABEL ? kprobe : undefined;
}
