import type { ProcessEvent } from '../../event/event.ts';
import { isAddress } from '../address.ts';
import { lookupName } from '../names.ts';
import { type JsonObject, oneLine, textOf } from '../read.ts';
import { type Connection, subjectPart } from './base.ts';
import { maskPassword } from './password.ts';
import { socketOf } from './tls.ts';

/** `http`: the host that was asked for names the connection; the subject is the request, `GET shop.example/cart`. */
export function readHttp(record: JsonObject, { base, ends }: Connection): ProcessEvent {
  const host = oneLine(textOf(record.host) ?? '');
  const name = nameOf(host);
  const socket = socketOf(ends, 'TCP');
  return {
    ...base,
    kind: 'http',
    socket: name === '' ? socket : { ...socket, names: [name], nameEvidence: 'http_host' },
    ...subjectPart(subjectOf(record, host)),
  };
}

function subjectOf(record: JsonObject, host: string): string {
  const method = oneLine(textOf(record.method) ?? '');
  const uri = maskPassword(oneLine(textOf(record.uri) ?? ''), record.password);
  // Asked of a proxy, the whole address stands in the request, and of CONNECT nothing but the host.
  const target = uri === '' || uri.startsWith('/') || uri.startsWith('*') ? host + uri : uri;
  return [method, target].filter((part) => part !== '').join(' ');
}

/** Without the port; empty for an address, which is no name. */
function nameOf(host: string): string {
  if (host.startsWith('[')) return '';
  const name = host.replace(/:\d{1,5}$/, '');
  return isAddress(name) ? '' : lookupName(name);
}
