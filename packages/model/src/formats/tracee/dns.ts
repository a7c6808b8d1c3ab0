import type { DnsDetail, ProcessEvent } from '../../event/event.ts';
import { addressOf, isAddress } from '../address.ts';
import { lookupName } from '../names.ts';
import { isObject, type JsonObject, listOf, objectOf, oneLine, textOf } from '../read.ts';
import type { Arguments } from './arguments.ts';
import type { EventBase } from './base.ts';
import { packetEnds } from './ends.ts';
import type { TraceeRecord } from './record.ts';

const DNS_PORT = 53;

/** A question or an answer, from the whole packet (`net_packet_dns`) or its parts (`…_request`, `…_response`). */
export function readDns({ args }: TraceeRecord, base: EventBase): ProcessEvent | undefined {
  const said = wholePacket(args) ?? partsOf(args);
  if (said === undefined) return undefined;
  const dns: DnsDetail = { ...said, ...resolverOf(args, said.response) };
  const [subject] = dns.names;
  return { ...base, kind: 'dns', dns, ...(subject === undefined ? {} : { subject }) };
}

type Said = Omit<DnsDetail, 'resolverIp' | 'resolverPort'>;

function wholePacket(args: Arguments): Said | undefined {
  const packet = objectOf(args.get('proto_dns'));
  if (packet === undefined) return undefined;
  const questions = listOf(packet.questions).filter(isObject);
  const answers = listOf(packet.answers).filter(isObject);
  return {
    response: (packet.QR ?? packet.qr) === 1,
    rcode: rcodeOf(packet.responseCode ?? packet.response_code),
    names: namesOf(questions.map(({ name }) => name)),
    ips: ipsOf(answers.map((answer) => answer.IP ?? answer.ip)),
    types: typesOf([...questions, ...answers].map(({ type }) => type)),
  };
}

function partsOf(args: Arguments): Said | undefined {
  const questions = args.get('dns_questions');
  const responses = args.get('dns_response');
  const isResponse = responses !== undefined;
  // As protobuf wraps the lists.
  const parts = objects(objectOf(responses)?.responses ?? responses);
  const asked: readonly JsonObject[] = isResponse
    ? objects(parts.map((part) => part.query_data ?? part.dns_query_data))
    : objects(objectOf(questions)?.questions ?? questions);
  if (!isResponse && questions === undefined) return undefined;
  const answers = parts.flatMap(({ dns_answer: list }) => objects(list));
  return {
    response: isResponse,
    rcode: 0,
    names: namesOf(asked.map(({ query }) => query)),
    ips: ipsOf(answers.map(({ answer }) => answer)),
    types: typesOf([
      ...asked.map(({ query_type: type }) => type),
      ...answers.map((answer) => answer.answer_type ?? answer.type),
    ]),
  };
}

function objects(value: unknown): readonly JsonObject[] {
  return listOf(value).filter(isObject);
}

function namesOf(values: readonly unknown[]): readonly string[] {
  return values.flatMap((value) => textOf(value) ?? []).map(lookupName);
}

function ipsOf(values: readonly unknown[]): readonly string[] {
  return values.map(addressOf).filter(isAddress);
}

function typesOf(values: readonly unknown[]): readonly string[] {
  return [...new Set(values.flatMap((value) => textOf(value) ?? []).map(oneLine))];
}

/** The words of the library that Tracee reads packets with. */
const rcodes = new Map([
  ['no error', 0],
  ['format error', 1],
  ['server failure', 2],
  ['non-existent domain', 3],
  ['not implemented', 4],
  ['query refused', 5],
]);

function rcodeOf(value: unknown): number {
  return rcodes.get(textOf(value)?.trim().toLowerCase() ?? '') ?? 0;
}

/** Who was asked: the end at port 53, else the one that the packet goes to or the answer comes from. */
function resolverOf(args: Arguments, response: boolean) {
  const ends = packetEnds(args);
  if (ends === undefined) return { resolverIp: '', resolverPort: 0 };
  const { from, to } = ends;
  const isFrom = from.port === DNS_PORT || (response && to.port !== DNS_PORT);
  const resolver = isFrom ? from : to;
  return { resolverIp: resolver.ip, resolverPort: resolver.port };
}
