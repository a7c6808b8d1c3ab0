import { type JsonObject, textOf } from '../read.ts';
import { type BodyReader, plainReader } from './base.ts';
import { readDns } from './dns.ts';
import { readExit } from './exit.ts';
import { fileExecSubject, processFileSubject } from './fileFunctions.ts';
import { readRateLimit, readThrottle } from './gaps.ts';
import { readKprobe } from './kprobe.ts';
import type { Role } from './process.ts';
import { readHttp, readListen, readTls, socketReader } from './socket.ts';

/** A kind of event: its snake_case key, and how its body is read or why it is skipped. */
export interface EventKey {
  readonly label: string;
  readonly role: Role;
  readonly read: BodyReader;
  /** Why it is of no interest, when it is not. */
  readonly skip?: string;
  /** Not one of the kinds we know by name. */
  readonly generic?: boolean;
}

const readers: readonly (readonly [string, BodyReader, Role?])[] = [
  ['process_exec', plainReader('exec'), 'exec'],
  ['process_exit', readExit, 'exit'],
  ['process_kprobe', readKprobe],
  ['process_tracepoint', plainReader('tracepoint', tracepointOf)],
  ['process_loader', plainReader('loader', (body) => textOf(body.path))],
  ['process_uprobe', plainReader('uprobe', (body) => joined(body.path, body.symbol))],
  ['process_usdt', plainReader('usdt', (body) => joined(body.path, body.provider, body.name))],
  ['process_lsm', plainReader('lsm', (body) => textOf(body.function_name ?? body.functionName))],
  ['process_throttle', readThrottle],
  ['rate_limit_info', readRateLimit],
  ['process_connect', socketReader('connect')],
  ['process_accept', socketReader('accept')],
  ['process_close', socketReader('close')],
  ['process_sock_stats', socketReader('sock_stats')],
  ['process_listen', readListen],
  ['process_dns', readDns],
  ['process_http', readHttp],
  ['tls', readTls],
  ['process_tls', readTls],
  ['process_file', plainReader('file', processFileSubject)],
  ['process_file_exec', plainReader('file', fileExecSubject)],
];

const other = plainReader('other');

const known = new Map<string, EventKey>();
for (const [label, read, role] of readers) {
  const key: EventKey = { label, role: role ?? 'own', read };
  known.set(label, key);
  known.set(camelCase(label), key);
}
known.set('test', { label: 'test', role: 'own', read: other, skip: 'test_event' });

const GENERIC = /^(?:process|interface)(?:_[a-z0-9_]{1,64}|[A-Z][A-Za-z0-9]{0,64})$/;

/** Keys of the envelope, met in every record: known not to be events without asking the pattern. */
const envelope = new Set(['node_name', 'time', 'cluster_name', 'node_labels', 'aggregation_info']);

/**
 * What a top-level key is: a kind we know, any other `process_*` or `interface_*` as a generic event (agents add kinds in
 * each release), or undefined: no event.
 */
export function eventKeyOf(key: string): EventKey | undefined {
  const event = known.get(key);
  if (event !== undefined) return event;
  if (envelope.has(key) || !GENERIC.test(key)) return undefined;
  const label = snakeCase(key);
  // Counters of a network interface: a statistics stream, nothing that a process did.
  if (label === 'interface_stats') return { label, role: 'own', read: other, skip: label };
  return { label, role: 'own', read: other, generic: true };
}

function tracepointOf(body: JsonObject): string | undefined {
  const subsystem = textOf(body.subsys);
  const event = textOf(body.event);
  return subsystem !== undefined && event !== undefined ? `${subsystem}/${event}` : event;
}

function joined(...parts: readonly unknown[]): string | undefined {
  const texts = parts.map(textOf).filter((part) => part !== undefined);
  return texts.length === 0 ? undefined : texts.join(' ');
}

function camelCase(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
