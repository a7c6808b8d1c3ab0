import { addressOf, isAddress } from '../address.ts';
import { type JsonObject, portOf } from '../read.ts';
import { dotted } from './fields.ts';

/** The connection a record is of: the originator is its source. */
export interface ZeekEnds {
  readonly sourceIp: string;
  /** Of ICMP the message's type, and at the destination its code. */
  readonly sourcePort: number;
  readonly destinationIp: string;
  readonly destinationPort: number;
}

/** The connection's ids; undefined when the record has none. */
export function endsOf(record: JsonObject): ZeekEnds | undefined {
  const sourceIp = addressOf(dotted(record, 'id', 'orig_h'));
  const destinationIp = addressOf(dotted(record, 'id', 'resp_h'));
  if (!isAddress(sourceIp) || !isAddress(destinationIp)) return undefined;
  return {
    sourceIp,
    sourcePort: portOf(dotted(record, 'id', 'orig_p')) ?? 0,
    destinationIp,
    destinationPort: portOf(dotted(record, 'id', 'resp_p')) ?? 0,
  };
}
