import type { ProcessEvent, SocketDetail } from '../../event/event.ts';
import { isAddress } from '../address.ts';
import { lookupName } from '../names.ts';
import { type JsonObject, textOf } from '../read.ts';
import { type Connection, subjectPart } from './base.ts';
import type { ZeekEnds } from './ends.ts';

/** `ssl`: the server name that the client asked for names the connection. */
export function readTls(record: JsonObject, { base, ends }: Connection): ProcessEvent {
  const name = lookupName(textOf(record.server_name) ?? '');
  const isDatagram = textOf(record.version)?.startsWith('DTLS') === true;
  const socket = socketOf(ends, isDatagram ? 'UDP' : 'TCP');
  return {
    ...base,
    kind: 'tls',
    socket:
      name === '' || isAddress(name) ? socket : { ...socket, names: [name], nameEvidence: 'sni' },
    ...subjectPart(name),
  };
}

/** A connection's ends as a socket's. */
export function socketOf(ends: ZeekEnds, protocol: string): SocketDetail {
  return { protocol, ...ends, cookie: '', names: [] };
}
