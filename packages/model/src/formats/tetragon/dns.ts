import { lookupName } from '../names.ts';
import {
  countOf,
  enumOf,
  type JsonObject,
  listOf,
  objectOf,
  oneLine,
  textOf,
  textsOf,
} from '../read.ts';
import type { BodyReader } from './base.ts';
import { plainEvent } from './base.ts';
import { socketOf } from './socket.ts';

const DNS_PORT = 53;

const recordTypes = new Map([
  [1, 'A'],
  [2, 'NS'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [11, 'WKS'],
  [12, 'PTR'],
  [13, 'HINFO'],
  [14, 'MINFO'],
  [15, 'MX'],
  [16, 'TXT'],
  [28, 'AAAA'],
  [33, 'SRV'],
  [41, 'OPT'],
  [64, 'SVCB'],
  [65, 'HTTPS'],
  [252, 'AXFR'],
  [255, 'ALL'],
]);

/** `process_dns` of every age: without socket and with numeric types (2022), or with both (formats.md 2.1). */
export const readDns: BodyReader = (body, base, precision) => {
  const dns = objectOf(body.dns);
  if (dns === undefined) return plainEvent(base, 'other');
  const socket = objectOf(body.socket);
  const ends = socket === undefined ? undefined : socketOf(socket, precision);
  const askedBySource = ends === undefined || ends.sourcePort !== DNS_PORT;
  const response = dns.response === true;
  const names = namesOf(dns);
  const [subject] = names;
  return {
    ...base,
    kind: 'dns',
    ...(subject === undefined ? {} : { subject }),
    dns: {
      response,
      rcode: rcodeOf(dns.return_code ?? dns.returnCode) ?? rcodeOf(dns.rcode) ?? 0,
      names,
      ips: textsOf(dns.ips).map((ip) => ip.toLowerCase()),
      types: typesOf(dns),
      // An answer may be printed from the resolver's end.
      resolverIp: (askedBySource ? ends?.destinationIp : ends.sourceIp) ?? '',
      resolverPort: (askedBySource ? ends?.destinationPort : ends.sourcePort) ?? 0,
    },
  };
};

/** The code of an answer by name, as resolvers print it. */
export function rcodeName(rcode: number): string {
  return rcodes[rcode] ?? `RCODE${rcode}`;
}

const rcodes = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

/** Names of types given as names, with or without `DNS_TYPE_`, or as numbers; distinct, in order. */
export function recordTypesOf(value: unknown): readonly string[] {
  const types = new Set<string>();
  for (const item of listOf(value)) {
    const name = enumOf(
      countOf(item) ?? (typeof item === 'string' ? oneLine(item) : item),
      recordTypes,
    );
    if (name !== undefined) types.add(name.startsWith('DNS_TYPE_') ? name.slice(9) : name);
  }
  return [...types];
}

/** An answer's code: 16 bits with the extension of EDNS. */
function rcodeOf(value: unknown): number | undefined {
  const code = countOf(value);
  return code !== undefined && code <= 65_535 ? code : undefined;
}

function namesOf(dns: JsonObject): readonly string[] {
  const names = textsOf(dns.names).map(lookupName);
  const query = textOf(dns.query);
  return names.length === 0 && query !== undefined ? [lookupName(query)] : names;
}

function typesOf(dns: JsonObject): readonly string[] {
  const types = new Set(recordTypesOf(dns.query_types ?? dns.queryTypes));
  const more = [
    dns.response_types ?? dns.responseTypes,
    dns.question_types ?? dns.questionTypes,
    dns.answer_types ?? dns.answerTypes,
  ];
  for (const list of more) for (const type of recordTypesOf(list)) types.add(type);
  return [...types];
}
