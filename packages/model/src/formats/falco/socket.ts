import type { SocketDetail, SocketKind } from '../../event/event.ts';
import { isAddress } from '../address.ts';
import { lookupName } from '../names.ts';
import { portOf } from '../read.ts';
import { type Fields, firstText, flagField, textField } from './fields.ts';

/** What happened to a connection of the process. */
export interface Connection {
  readonly kind: SocketKind;
  readonly socket: SocketDetail;
}

interface End {
  readonly ip: string;
  readonly port: number;
}

/** Who began the conversation and who was called; of a listening socket only the server's end is known. */
interface Ends {
  readonly client?: End;
  readonly server?: End;
}

const kindOfCall: ReadonlyMap<string, SocketKind> = new Map<string, SocketKind>([
  ['connect', 'connect'],
  ['accept', 'accept'],
  ['accept4', 'accept'],
  ['listen', 'listen'],
  ['bind', 'listen'],
  ['sendto', 'send'],
  ['sendmsg', 'send'],
  ['sendmmsg', 'send'],
  ['sendfile', 'send'],
  ['write', 'send'],
  ['writev', 'send'],
  ['pwrite', 'send'],
  ['pwritev', 'send'],
  ['close', 'close'],
  ['shutdown', 'close'],
]);

/**
 * The connection of the record's file descriptor; undefined when it is none of an address. Where the event is no call that says
 * which way, the process was called when the server's end is its own, else it called.
 */
export function connectionOf(fields: Fields): Connection | undefined {
  const ends = endsOf(fields);
  const { client, server } = ends;
  if (client === undefined && server === undefined) return undefined;
  const call = textField(fields, 'evt.type') ?? '';
  const kind = kindOfCall.get(call) ?? (isServer(fields, ends) ? 'accept' : 'connect');
  const protocol = textField(fields, 'fd.l4proto')?.toUpperCase() ?? '';
  if (kind === 'listen') {
    const own = server ?? client ?? nowhere;
    return { kind, socket: socketOf(protocol, own, nowhere) };
  }
  const socket = socketOf(protocol, client ?? nowhere, server ?? nowhere);
  const name = isServer(fields, ends) || kind === 'accept' ? undefined : serverName(fields);
  if (name === undefined) return { kind, socket };
  return { kind, socket: { ...socket, names: [name], nameEvidence: 'destination_names' } };
}

const nowhere: End = { ip: '', port: 0 };

function socketOf(protocol: string, source: End, destination: End): SocketDetail {
  return {
    protocol,
    sourceIp: source.ip,
    sourcePort: source.port,
    destinationIp: destination.ip,
    destinationPort: destination.port,
    cookie: '',
    names: [],
  };
}

/** From the ends by role, else local and remote ones, else the descriptor's name, `client:port->server:port`. */
function endsOf(fields: Fields): Ends {
  const named = nameEnds(textField(fields, 'fd.name') ?? '');
  const own = endOf(fields, 'fd.lip', 'fd.lport');
  const other = endOf(fields, 'fd.rip', 'fd.rport');
  const isCalled = flagField(fields, 'fd.is_server') === true || isAccept(fields);
  const client = endOf(fields, 'fd.cip', 'fd.cport') ?? named.client ?? (isCalled ? other : own);
  const server = endOf(fields, 'fd.sip', 'fd.sport') ?? named.server ?? (isCalled ? own : other);
  return {
    ...(client === undefined ? {} : { client }),
    ...(server === undefined ? {} : { server }),
  };
}

function endOf(fields: Fields, ipName: string, portName: string): End | undefined {
  const ip = textField(fields, ipName)?.toLowerCase();
  if (ip === undefined || !isAddress(ip)) return undefined;
  return { ip, port: portOf(fields[portName]) ?? 0 };
}

/** A tuple has an arrow; a lone end is that of a server (`0.0.0.0:8080`). */
function nameEnds(name: string): Ends {
  const arrow = name.indexOf('->');
  if (arrow < 0) {
    const server = endText(name);
    return server === undefined ? {} : { server };
  }
  const client = endText(name.slice(0, arrow));
  const server = endText(name.slice(arrow + 2));
  return client === undefined || server === undefined ? {} : { client, server };
}

function endText(text: string): End | undefined {
  const colon = text.lastIndexOf(':');
  if (colon < 1 || text.length > 64) return undefined;
  const bare = text.slice(0, colon).toLowerCase();
  const ip = bare.startsWith('[') && bare.endsWith(']') ? bare.slice(1, -1) : bare;
  // A service's name stands for its port where Falco was told to resolve.
  return isAddress(ip) ? { ip, port: portOf(text.slice(colon + 1)) ?? 0 } : undefined;
}

function isAccept(fields: Fields): boolean {
  const call = textField(fields, 'evt.type');
  return call === 'accept' || call === 'accept4';
}

function isServer(fields: Fields, { server }: Ends): boolean {
  const told = flagField(fields, 'fd.is_server');
  if (told !== undefined) return told;
  const own = endOf(fields, 'fd.lip', 'fd.lport');
  if (own === undefined || server === undefined) return false;
  return own.ip === server.ip && own.port === server.port;
}

/** The name that Falco knows for the server. */
function serverName(fields: Fields): string | undefined {
  const text = firstText(fields, ['fd.sip.name', 'fd.rip.name']);
  return text === undefined || text.length > MOST_NAME ? undefined : lookupName(text);
}

const MOST_NAME = 255;
