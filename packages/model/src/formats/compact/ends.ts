import type { FlowDetail, FlowDirection } from '../../event/event.ts';
import { oneLine, portOf } from '../read.ts';
import { listAt } from './goText.ts';

const ENDS = /^([A-Za-z0-9_-]{1,16}) (\S*):(\d{1,5}) (?:=>|->) (\S*):(\d{1,5})(?: |$)/;
const BYTES = /(?:^| )tx (\d{1,20}) B rx (\d{1,20}) B$/;

/**
 * `TCP 10.0.0.1:41000 => 10.0.0.2:443 [name.] tx 1 B rx 2 B`, or with `->` as kernel functions are printed; names and bytes may be
 * missing. An address goes up to the last colon. Undefined: no ends are told.
 */
export function flowOf(detail: string, direction: FlowDirection): FlowDetail | undefined {
  const match = ENDS.exec(detail);
  if (match === null) return undefined;
  const [whole, protocol = '', sourceIp = '', source, destinationIp = '', destination] = match;
  const sourcePort = portOf(source);
  const destinationPort = portOf(destination);
  if (sourcePort === undefined || destinationPort === undefined) return undefined;
  if (sourceIp === '' && destinationIp === '') return undefined;
  const [, sent, received] = BYTES.exec(detail) ?? [];
  return {
    direction,
    protocol: protocol.toUpperCase(),
    sourceIp: sourceIp.toLowerCase(),
    sourcePort,
    destinationIp: destinationIp.toLowerCase(),
    destinationPort,
    cookie: '',
    names: (listAt(detail, whole.length)?.items ?? []).map(nameOf),
    verdict: '',
    reason: '',
    ...(sent === undefined ? {} : { bytesSent: BigInt(sent) }),
    ...(received === undefined ? {} : { bytesReceived: BigInt(received) }),
  };
}

/** A DNS name as it is kept: lower case, without the root's dot. */
export function nameOf(name: string): string {
  const bare = name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name;
  return oneLine(bare).toLowerCase();
}
