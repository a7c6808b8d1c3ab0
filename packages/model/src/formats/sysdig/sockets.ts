import type { ProcessEvent, SocketDetail, SocketKind } from '../../event/event.ts';
import { isAddress } from '../address.ts';
import { portOf } from '../read.ts';
import type { EventBase } from './base.ts';
import type { Call } from './call.ts';
import { valueOf } from './info.ts';

/** Which half of which call tells what happened to a socket. */
const kinds: ReadonlyMap<string, SocketKind> = new Map<string, SocketKind>([
  ['connect exit', 'connect'],
  ['accept exit', 'accept'],
  ['accept4 exit', 'accept'],
  ['sendto enter', 'send'],
  ['sendmsg enter', 'send'],
  ['close enter', 'close'],
]);

/** Linux says so of a connection that is under way. */
const IN_PROGRESS = -115;

/** An event of a socket with two ends; undefined for every other call. An accepted connection has the remote end first. */
export function socketEvent(call: Call, base: EventBase): ProcessEvent | undefined {
  const { type, direction } = call;
  const kind = kinds.get(`${type} ${direction}`);
  if (kind === undefined) return undefined;
  const result = kind === 'connect' || kind === 'accept' ? call.result : undefined;
  if (result !== undefined && result < 0 && result !== IN_PROGRESS) return undefined;
  const socket = socketOf(call);
  return socket === undefined ? undefined : { ...base, kind, socket };
}

/** `fd=4(<4t>10.0.0.1:1234->1.2.3.4:443)`, else `tuple=…`, which does not tell the protocol, else fields of its own. */
function socketOf({ info, fields }: Call): SocketDetail | undefined {
  const fd = /(?:^| )fd=\d{1,10}\(<[46]([tu])>([^()\s]*)\)/.exec(info);
  const tuple = fd?.[2] ?? valueOf(info, 'tuple') ?? fields?.fd ?? '';
  const [from, to] = tuple.split('->').map(endOf);
  if (from === undefined || to === undefined) return undefined;
  const protocols = { t: 'TCP', u: 'UDP' };
  return {
    protocol: fd?.[1] === 't' || fd?.[1] === 'u' ? protocols[fd[1]] : (fields?.protocol ?? ''),
    sourceIp: from.ip,
    sourcePort: from.port,
    destinationIp: to.ip,
    destinationPort: to.port,
    cookie: '',
    names: [],
  };
}

function endOf(text: string) {
  const colon = text.lastIndexOf(':');
  const ip = text.slice(0, Math.max(colon, 0)).toLowerCase();
  const port = portOf(text.slice(colon + 1));
  return isAddress(ip) && port !== undefined ? { ip, port } : undefined;
}
