import type { ProcessEvent, SocketDetail } from '../../event/event.ts';
import {
  cookieOf,
  type JsonObject,
  listOf,
  objectOf,
  type Precision,
  portOf,
  textOf,
} from '../read.ts';
import { type BodyReader, type EventBase, plainEvent, withPolicy } from './base.ts';
import { fileSubjectOf } from './fileFunctions.ts';
import { addressOf, protocolOf } from './socket.ts';

/** Kernel functions that are a connection (formats.md 1.3): their kind and the protocol they imply. */
const socketFunctions = new Map<
  string,
  { readonly kind: 'connect' | 'accept' | 'listen' | 'close' | 'send'; readonly protocol: string }
>([
  ['tcp_connect', { kind: 'connect', protocol: 'TCP' }],
  ['tcp_v4_connect', { kind: 'connect', protocol: 'TCP' }],
  ['tcp_v6_connect', { kind: 'connect', protocol: 'TCP' }],
  ['tcp_close', { kind: 'close', protocol: 'TCP' }],
  ['tcp_sendmsg', { kind: 'send', protocol: 'TCP' }],
  ['udp_sendmsg', { kind: 'send', protocol: 'UDP' }],
  ['udpv6_sendmsg', { kind: 'send', protocol: 'UDP' }],
  ['ip4_datagram_connect', { kind: 'connect', protocol: 'UDP' }],
  ['ip6_datagram_connect', { kind: 'connect', protocol: 'UDP' }],
  ['security_socket_connect', { kind: 'connect', protocol: '' }],
  ['inet_csk_accept', { kind: 'accept', protocol: 'TCP' }],
  ['inet_csk_listen_start', { kind: 'listen', protocol: 'TCP' }],
]);

/** Their names. */
export const connectionFunctions: readonly string[] = [...socketFunctions.keys()];

const SYSCALL_PREFIX = /^__(?:x64|arm64|ia32|x86|x32)_/;

/** A kernel function's name without the architecture that syscalls carry. */
export function functionName(name: string): string {
  return name.startsWith('__') ? name.replace(SYSCALL_PREFIX, '') : name;
}

/** `process_kprobe`: a connection, a file operation, or simply the function. */
export const readKprobe: BodyReader = (body, base, precision) => {
  const name = textOf(body.function_name ?? body.functionName);
  const known = withPolicy(body, base);
  if (name === undefined) return plainEvent(known, 'kprobe');
  const bare = functionName(name);
  const args = listOf(body.args);
  const socket = readSocket(bare, body, args, known, precision);
  if (socket !== undefined) return socket;
  const file = fileSubjectOf(bare, args);
  return file === undefined ? plainEvent(known, 'kprobe', name) : plainEvent(known, 'file', file);
};

function readSocket(
  name: string,
  body: JsonObject,
  args: readonly unknown[],
  base: EventBase,
  precision: Precision,
): ProcessEvent | undefined {
  const known = socketFunctions.get(name);
  if (known === undefined) return undefined;
  const sock = argumentOf([...args, body.return], 'sock_arg', 'sockArg');
  const address = argumentOf(args, 'sockaddr_arg', 'sockaddrArg');
  const detail = socketDetailOf(sock, address, known.protocol, precision);
  if (detail === undefined) return undefined;
  const socket =
    known.kind === 'listen' ? { ...detail, destinationIp: '', destinationPort: 0 } : detail;
  return { ...base, kind: known.kind, socket };
}

/** Ends from a `sock_arg`; a `sockaddr_arg` names the remote where the socket does not know it yet. */
function socketDetailOf(
  sock: JsonObject | undefined,
  address: JsonObject | undefined,
  impliedProtocol: string,
  precision: Precision,
): SocketDetail | undefined {
  const remoteIp = addressOf(sock?.daddr) || addressOf(address?.addr);
  const localIp = addressOf(sock?.saddr);
  // A unix socket, or an argument the agent could not read.
  if (remoteIp === '' && localIp === '') return undefined;
  const remotePort = portOf(sock?.dport);
  return {
    protocol: protocolOf(sock?.protocol) || impliedProtocol,
    sourceIp: localIp,
    sourcePort: portOf(sock?.sport) ?? 0,
    destinationIp: remoteIp,
    destinationPort:
      remotePort === undefined || remotePort === 0 ? (portOf(address?.port) ?? 0) : remotePort,
    cookie: cookieOf(sock?.cookie, precision),
    names: [],
  };
}

function argumentOf(
  args: readonly unknown[],
  key: string,
  camelKey: string,
): JsonObject | undefined {
  for (const arg of args) {
    const raw = objectOf(arg);
    const found = objectOf(raw?.[key] ?? raw?.[camelKey]);
    if (found !== undefined) return found;
  }
  return undefined;
}
