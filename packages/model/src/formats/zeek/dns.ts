import type { ProcessEvent } from '../../event/event.ts';
import { isAddress } from '../address.ts';
import { lookupName } from '../names.ts';
import { countOf, type JsonObject, oneLine, textOf, textsOf } from '../read.ts';
import { type Connection, subjectPart } from './base.ts';
import { flowOf, protocolOf } from './conn.ts';
import { has } from './fields.ts';

/** `dns`: a question with its answer, a response when Zeek saw one. `answers` mixes addresses with names and text. */
export function readDns(record: JsonObject, { base, ends, owner }: Connection): ProcessEvent {
  const query = lookupName(textOf(record.query) ?? '');
  const type = oneLine(textOf(record.qtype_name) ?? '');
  const code = countOf(record.rcode) ?? 0;
  const answers = textsOf(record.answers);
  return {
    ...base,
    kind: 'dns',
    ...subjectPart(query),
    dns: {
      response: has(record, 'rcode') || answers.length > 0,
      rcode: code <= 65_535 ? code : 0,
      names: query === '' ? [] : [query],
      ips: answers.filter(isAddress).map((ip) => ip.toLowerCase()),
      types: type === '' ? [] : [type],
      resolverIp: ends.destinationIp,
      resolverPort: ends.destinationPort,
    },
    flow: { ...flowOf(ends, protocolOf(record.proto, ends)), direction: owner.direction },
  };
}
