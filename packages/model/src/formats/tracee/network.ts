import type { ProcessEvent } from '../../event/event.ts';
import { clippedLine } from '../logText.ts';
import { lookupName } from '../names.ts';
import { objectOf, textOf } from '../read.ts';
import type { BodyReader, EventBase } from './base.ts';
import {
  endOf,
  isIncoming,
  namesOf,
  packetEnds,
  protocolOf,
  protocolOfType,
  sockAddress,
  socketOf,
  socketPath,
} from './ends.ts';
import type { TraceeRecord } from './record.ts';

/** Linux says so of a connection that is under way. */
const IN_PROGRESS = -115;

/** The readers of what happens to sockets, by the event's name. */
export const networkReaders: readonly (readonly [string, BodyReader])[] = [
  ['net_tcp_connect', readTcpConnect],
  ['security_socket_connect', readConnect],
  ['connect', readConnect],
  ['security_socket_accept', readAccept],
  ['socket_accept', readAccept],
  ['accept', readAccept],
  ['accept4', readAccept],
  ['security_socket_listen', readListen],
  ['net_flow_tcp_begin', readFlowBegin],
  ['net_flow_tcp_end', readFlowEnd],
  ['net_packet_tcp', packetReader('TCP')],
  ['net_packet_udp', packetReader('UDP')],
  ['net_packet_icmp', packetReader('ICMP')],
  ['net_packet_icmpv6', packetReader('ICMPV6')],
  ['net_packet_ipv4', packetReader('')],
  ['net_packet_ipv6', packetReader('')],
  ['net_packet_http', readHttp],
  ['net_packet_http_request', readHttp],
  ['net_packet_http_response', readHttp],
];

function readTcpConnect({ args }: TraceeRecord, base: EventBase): ProcessEvent {
  const to = endOf(args.get('dst'), args.get('dst_port'));
  return {
    ...base,
    kind: 'connect',
    socket: socketOf(undefined, to, 'TCP', namesOf(args.get('dst_dns'))),
  };
}

/** The system call and the kernel's hook. A local socket is no connection to anybody we could name. */
function readConnect({ args, returned }: TraceeRecord, base: EventBase): ProcessEvent | undefined {
  const address = args.get('remote_addr') ?? args.get('addr');
  const to = sockAddress(address);
  if (to === undefined) {
    const path = socketPath(address);
    return path === undefined
      ? undefined
      : { ...base, kind: 'other', subject: clippedLine(`connect ${path}`) };
  }
  if (returned !== undefined && returned < 0 && returned !== IN_PROGRESS) {
    return { ...base, kind: 'other', subject: `connect ${to.ip}:${to.port} = ${returned}` };
  }
  return {
    ...base,
    kind: 'connect',
    socket: socketOf(undefined, to, protocolOfType(args.get('type'))),
  };
}

function readAccept({ args, returned }: TraceeRecord, base: EventBase): ProcessEvent | undefined {
  if (returned !== undefined && returned < 0) return undefined;
  const remote = sockAddress(args.get('remote_addr') ?? args.get('addr'));
  const local = sockAddress(args.get('local_addr'));
  if (remote === undefined && local === undefined) return undefined;
  return {
    ...base,
    kind: 'accept',
    socket: socketOf(remote, local, protocolOfType(args.get('type'))),
  };
}

function readListen({ args }: TraceeRecord, base: EventBase): ProcessEvent | undefined {
  const local = sockAddress(args.get('local_addr'));
  if (local === undefined) return undefined;
  return { ...base, kind: 'listen', socket: socketOf(local, undefined, 'TCP') };
}

function readFlowBegin({ args }: TraceeRecord, base: EventBase): ProcessEvent | undefined {
  const ends = packetEnds(args);
  if (ends === undefined) return undefined;
  const kind = args.get('conn_direction') === 'incoming' ? 'accept' : 'connect';
  return {
    ...base,
    kind,
    socket: socketOf(ends.from, ends.to, 'TCP', namesOf(args.get('dst_dns'))),
  };
}

function readFlowEnd({ args }: TraceeRecord, base: EventBase): ProcessEvent | undefined {
  const ends = packetEnds(args);
  if (ends === undefined) return undefined;
  return {
    ...base,
    kind: 'close',
    socket: socketOf(ends.from, ends.to, 'TCP', namesOf(args.get('dst_dns'))),
  };
}

/** One packet. Where the record says that it came in, its ends change places: the process's own is the source. */
function packetReader(protocol: string): BodyReader {
  return ({ args }, base) => {
    const ends = packetEnds(args);
    if (ends === undefined) return undefined;
    const header = objectOf(args.get('proto_ipv4') ?? args.get('proto_ipv6'));
    const spoken = protocol === '' ? protocolOf(header?.protocol ?? header?.nextHeader) : protocol;
    const [own, other] = isIncoming(args) ? [ends.to, ends.from] : [ends.from, ends.to];
    return { ...base, kind: 'send', socket: socketOf(own, other, spoken) };
  };
}

function readHttp({ args }: TraceeRecord, base: EventBase): ProcessEvent | undefined {
  const ends = packetEnds(args);
  const http = objectOf(
    args.get('proto_http') ?? args.get('http_request') ?? args.get('http_response'),
  );
  if (ends === undefined || http === undefined) return undefined;
  const host = hostOf(textOf(http.host) ?? '');
  const line = [textOf(http.method), textOf(http.uri_path), textOf(http.status)];
  const subject = line.filter((word) => word !== undefined).join(' ');
  const plain = socketOf(ends.from, ends.to, 'TCP');
  const named = { ...plain, names: [host], nameEvidence: 'http_host' as const };
  return {
    ...base,
    kind: 'http',
    socket: host === '' ? plain : named,
    ...(subject === '' ? {} : { subject: clippedLine(subject) }),
  };
}

/** The host of a request without its port. */
function hostOf(host: string): string {
  return lookupName(host.replace(/:\d+$/, ''));
}
