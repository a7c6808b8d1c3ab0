import { type Nanos, nanos } from '../../event/time.ts';
import type { ScenarioPod } from '../cluster.ts';
import type { Happening, Lookup, Talk } from '../happening.ts';
import type { Random } from '../random.ts';
import { after } from '../timeline.ts';
import { uuidOf } from '../uuid.ts';
import { type Flow, type FlowEnd, flowText } from './hubbleRecord.ts';
import type { Logged } from './logged.ts';

const PATH = 'hubble/events.log';
const TRACE = 4;
const DROP = 1;
const POLICY_VERDICT = 5;
const L7 = 129;
const DENIED = 133;

type Moment = Pick<Flow, 'verdict' | 'type' | 'summary'> &
  Partial<Pick<Flow, 'flags' | 'subType' | 'point' | 'l7' | 'isReply'>> & { readonly at: Nanos };

/**
 * What Cilium's flow exporters write: packets that begin and end a connection, at the client's pod and at the server's, in both
 * directions; what the DNS proxy asked and answered; what a policy dropped. Addresses are those behind services. No processes,
 * no bytes, nothing of loopback.
 */
export function tellHubble(
  happenings: readonly Happening[],
  apiServerIp: string,
  random: Random,
): Logged[] {
  const logged: Logged[] = [];
  const names = namesOf(happenings);

  function tell(talk: Talk, at: Nanos): void {
    const { client, server, from } = talk;
    const pod = client.container?.pod;
    if (pod === undefined || from.ip.startsWith('127.')) return;
    const there = server?.at ?? talk.to;
    const theirPod = server?.process.container?.pod;
    const asker: FlowEnd = { at: from, pod, reserved: 'host', names: [] };
    const reserved = there.ip === apiServerIp ? 'kube-apiserver' : 'world';
    const known = names.get(`${pod.uid} ${there.ip}`);
    const called = known !== undefined && known.since < at ? [known.name] : [];
    const answerer: FlowEnd = { at: there, pod: theirPod, reserved, names: called };

    const write = (side: 'EGRESS' | 'INGRESS', moment: Moment): void => {
      const isReply = moment.isReply ?? false;
      const observer = side === 'INGRESS' && theirPod !== undefined ? theirPod : pod;
      const time = nanos(moment.at + BigInt(random.between(4_000, 160_000)));
      const text = flowText({
        flags: [],
        ...moment,
        time,
        nodeName: `${observer.node.cluster}/${observer.node.name}`,
        uuid: uuidOf(random),
        source: isReply ? answerer : asker,
        destination: isReply ? asker : answerer,
        protocol: talk.protocol,
        direction: side,
        isReply,
      });
      logged.push({ path: PATH, dialect: 'hubble', written: time, text, about: [] });
    };

    if (talk.denied) tellDrops(at, write);
    else if (talk.lookups.length > 0) tellLookups(talk.lookups, write);
    else tellPackets(talk, at, pod, theirPod, write);
  }

  for (const happening of happenings) {
    if (happening.what === 'talk') tell(happening.talk, happening.at);
  }
  return logged;
}

type Write = (side: 'EGRESS' | 'INGRESS', moment: Moment) => void;

function tellPackets(
  talk: Talk,
  at: Nanos,
  pod: ScenarioPod,
  theirPod: ScenarioPod | undefined,
  write: Write,
): void {
  const sides = theirPod === undefined ? (['EGRESS'] as const) : (['EGRESS', 'INGRESS'] as const);
  const away = theirPod === undefined || theirPod.node === pod.node ? 'TO_STACK' : 'TO_OVERLAY';
  const packets = packetsOf(talk, at);
  for (const side of sides) {
    for (const { flags, isReply, moment } of packets) {
      // A packet is traced where it leaves for the network and where it reaches its pod.
      const arrives = (side === 'INGRESS') !== isReply;
      const point = arrives ? 'TO_ENDPOINT' : away;
      const summary = `TCP Flags: ${flags.join(', ')}`;
      const traced = { verdict: 'FORWARDED', type: TRACE, point, summary, flags, isReply } as const;
      const subType = point === 'TO_ENDPOINT' ? 0 : 3;
      write(side, { ...traced, subType, at: side === 'INGRESS' ? after(moment, 0.0002) : moment });
    }
  }
}

function packetsOf(talk: Talk, at: Nanos) {
  const packet = (seconds: number, isReply: boolean, ...flags: string[]) => ({
    flags,
    isReply,
    moment: after(at, seconds),
  });
  const { end } = talk;
  const opening = [
    packet(0, false, 'SYN'),
    packet(0.0004, true, 'SYN', 'ACK'),
    packet(0.0008, false, 'ACK', 'PSH'),
  ];
  if (talk.open) return opening;
  return [
    ...opening,
    { flags: ['ACK', 'FIN'], isReply: false, moment: end },
    { flags: ['ACK', 'FIN'], isReply: true, moment: after(end, 0.0003) },
  ];
}

/** The kernel tries three times; each time the policy speaks and the packet is dropped. */
function tellDrops(at: Nanos, write: Write): void {
  for (const seconds of [0, 1.02, 3.05]) {
    const syn = { at: after(at, seconds), verdict: 'DROPPED', flags: ['SYN'] } as const;
    const summary = 'TCP Flags: SYN';
    write('EGRESS', { ...syn, type: POLICY_VERDICT, summary });
    write('EGRESS', { ...syn, type: DROP, subType: DENIED, summary });
  }
}

function tellLookups(lookups: readonly Lookup[], write: Write): void {
  const first = lookups[0];
  if (first === undefined) return;
  const proxied = { verdict: 'REDIRECTED', type: TRACE, subType: 1, point: 'TO_PROXY' } as const;
  write('EGRESS', { ...proxied, at: nanos(first.askedAt - 300_000n), summary: 'UDP' });
  for (const { name, type, askedAt, answeredAt, code, ips } of lookups) {
    const query = `${name}.`;
    const asked = { query, observation_source: 'proxy', qtypes: [type] };
    const request = { type: 'REQUEST', dns: asked };
    const forwarded = { verdict: 'FORWARDED', type: L7 } as const;
    const summary = `DNS Query ${query} ${type}`;
    write('EGRESS', { ...forwarded, at: askedAt, l7: request, summary });
    const found = ips.length === 0 ? {} : { ips, ttl: 30, rrtypes: [type] };
    const response = {
      type: 'RESPONSE',
      latency_ns: `${answeredAt - askedAt}`,
      dns: { ...asked, ...found, rcode: code === 0 ? undefined : code },
    };
    const answer = { ...forwarded, at: answeredAt, l7: response, isReply: true };
    const result = code === 3 ? 'Non-Existent Domain' : `${ips.join(',')} TTL: 30`;
    write('EGRESS', { ...answer, summary: `DNS Answer ${result} (Proxy ${query} ${type})` });
  }
}

/** Names that the proxy has learned, by pod and address. */
function namesOf(happenings: readonly Happening[]) {
  const names = new Map<string, { readonly name: string; readonly since: Nanos }>();
  for (const { what, process, ...rest } of happenings) {
    const pod = process.container?.pod;
    if (what !== 'talk' || pod === undefined || !('talk' in rest)) continue;
    for (const { name, ips, answeredAt } of rest.talk.lookups) {
      for (const ip of ips) {
        const key = `${pod.uid} ${ip}`;
        if (!names.has(key)) names.set(key, { name, since: answeredAt });
      }
    }
  }
  return names;
}
