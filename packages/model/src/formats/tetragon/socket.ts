import type { SocketDetail } from '../../event/event.ts';
import { lookupName } from '../names.ts';
import {
  cookieOf,
  enumOf,
  isObject,
  type JsonObject,
  objectOf,
  type Precision,
  portOf,
  textOf,
  textsOf,
  uint64Of,
} from '../read.ts';
import type { BodyReader } from './base.ts';
import { plainEvent } from './base.ts';

type MutableSocket = { -readonly [Key in keyof SocketDetail]: SocketDetail[Key] };

/** fgs.proto numbers them as IP does. */
const protocols = new Map([
  [0, 'UNKNOWN'],
  [1, 'ICMP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [132, 'SCTP'],
]);

const noNames: readonly string[] = [];

/** `process_connect`, `process_accept`, `process_close`, `process_sock_stats`. Flat or under `socket`: both are read. */
export function socketReader(kind: 'connect' | 'accept' | 'close' | 'sock_stats'): BodyReader {
  return (body, base, precision) => {
    const raw = socketPart(body);
    if (raw === undefined) return plainEvent(base, 'other');
    const socket = socketOf(raw, precision);
    nameSocket(socket, body, raw);
    const stats = objectOf(body.stats);
    if (stats !== undefined) {
      // The message is there: a counter left out is 0, protobuf's default.
      socket.bytesSent = uint64Of(stats.bytes_sent ?? stats.bytesSent ?? 0, precision) ?? 0n;
      socket.bytesReceived =
        uint64Of(stats.bytes_received ?? stats.bytesReceived ?? 0, precision) ?? 0n;
    }
    return { ...base, kind, socket };
  };
}

/** `process_listen`: the listening end is the source. */
export const readListen: BodyReader = (body, base, precision) => {
  const raw = objectOf(body.socket) ?? body;
  const sourceIp = textOf(raw.ip ?? raw.source_ip ?? raw.sourceIp);
  const port = portOf(raw.port ?? raw.source_port ?? raw.sourcePort);
  if (sourceIp === undefined && port === undefined) return plainEvent(base, 'other');
  const socket: SocketDetail = {
    protocol: protocolOf(raw.protocol),
    sourceIp: (sourceIp ?? '').toLowerCase(),
    sourcePort: port ?? 0,
    destinationIp: '',
    destinationPort: 0,
    cookie: cookieOf(raw.sock_cookie ?? raw.sockCookie, precision),
    names: noNames,
  };
  return { ...base, kind: 'listen', socket };
};

/** `tls`: the server name that the client asked for labels the connection. */
export const readTls: BodyReader = (body, base, precision) => {
  const raw = socketPart(body);
  if (raw === undefined) return plainEvent(base, 'other');
  const socket = socketOf(raw, precision);
  const name = lookupName(textOf(body.sni_name ?? body.sniName) ?? '');
  if (name !== '') {
    socket.names = [name];
    socket.nameEvidence = 'sni';
  }
  return { ...base, kind: 'tls', socket, ...(name === '' ? {} : { subject: name }) };
};

/** `process_http`: method and path are the subject, the host labels the connection. */
export const readHttp: BodyReader = (body, base, precision) => {
  const raw = socketPart(body);
  const request = objectOf(objectOf(body.http)?.request);
  if (raw === undefined) return plainEvent(base, 'other');
  const socket = socketOf(raw, precision);
  nameSocket(socket, body, raw);
  const host = hostOf(textOf(request?.host) ?? '');
  if (socket.names.length === 0 && host !== '') {
    socket.names = [host];
    socket.nameEvidence = 'http_host';
  }
  const line = [textOf(request?.method), textOf(request?.uri)].filter((part) => part !== undefined);
  return {
    ...base,
    kind: 'http',
    socket,
    ...(line.length === 0 ? {} : { subject: line.join(' ') }),
  };
};

/** The ends of a socket from a `SockInfo` or a body that spells one out. */
export function socketOf(raw: JsonObject, precision: Precision): MutableSocket {
  return {
    protocol: protocolOf(raw.protocol),
    sourceIp: addressOf(raw.source_ip ?? raw.sourceIp),
    sourcePort: portOf(raw.source_port ?? raw.sourcePort) ?? 0,
    destinationIp: addressOf(raw.destination_ip ?? raw.destinationIp),
    destinationPort: portOf(raw.destination_port ?? raw.destinationPort) ?? 0,
    cookie: cookieOf(raw.sock_cookie ?? raw.sockCookie, precision),
    names: noNames,
  };
}

/** `TCP` from the enterprise's name, the kernel's (`IPPROTO_TCP`) or the number; empty when unknown. */
export function protocolOf(value: unknown): string {
  const name = enumOf(value, protocols) ?? '';
  const short = name.startsWith('IPPROTO_') ? name.slice(8) : name;
  return short === 'UNKNOWN' ? '' : short;
}

/** Lower-case address text; empty when absent. */
export function addressOf(value: unknown): string {
  return textOf(value)?.toLowerCase() ?? '';
}

/** Where the ends stand: nested (`sock_stats`, `dns`, `http`) or flat (`connect`); undefined when nowhere. */
function socketPart(body: JsonObject): JsonObject | undefined {
  if (isObject(body.socket)) return body.socket;
  const named = body.source_ip ?? body.sourceIp ?? body.destination_ip ?? body.destinationIp;
  return named === undefined ? undefined : body;
}

function nameSocket(socket: MutableSocket, body: JsonObject, raw: JsonObject): void {
  const names = textsOf(raw.destination_names ?? raw.destinationNames);
  const given = names.length > 0 ? names : textsOf(body.destination_names ?? body.destinationNames);
  if (given.length > 0) {
    socket.names = given.map(lookupName);
    socket.nameEvidence = 'destination_names';
  }
  const pod =
    objectOf(raw.destination_pod ?? raw.destinationPod) ??
    objectOf(body.destination_pod ?? body.destinationPod);
  const name = textOf(pod?.name);
  if (name === undefined) return;
  const workload = textOf(pod?.workload);
  socket.peerPod = {
    namespace: textOf(pod?.namespace) ?? '',
    name,
    ...(workload === undefined ? {} : { workload }),
  };
}

/** A Host header without its port, brackets kept off. */
function hostOf(header: string): string {
  const bracketed = /^\[([^\]]*)\]/.exec(header);
  if (bracketed !== null) return (bracketed[1] ?? '').toLowerCase();
  return lookupName(header.replace(/:\d{1,5}$/, ''));
}
