import type { Nanos } from '../../event/time.ts';
import type { Endpoint, Lookup } from '../happening.ts';
import type { Random } from '../random.ts';
import { jsonText } from './json.ts';

/** Who talks, and the uid that a Zeek gives the conversation in all its files. */
export type ZeekEnds = {
  readonly uid: string;
  readonly client: Endpoint;
  readonly server: Endpoint;
};

export type ZeekConnection = ZeekEnds & {
  readonly time: Nanos;
  /** Microseconds. */
  readonly duration: bigint;
  readonly service: string | undefined;
  readonly sent: number;
  readonly received: number;
  readonly state: string;
  readonly history: string;
};

/** A line of conn.log. */
export function connText(talk: ZeekConnection): string {
  const { sent, received, service } = talk;
  const udp = talk.history === 'Dd';
  const header = udp ? 28 : 52;
  const out = talk.state === 'S0' ? 3 : packetsOf(sent, udp);
  const back = talk.state === 'S0' ? 0 : packetsOf(received, udp);
  return jsonText({
    ts: secondsOf(talk.time),
    uid: talk.uid,
    ...tupleOf(talk),
    proto: udp ? 'udp' : 'tcp',
    service,
    duration: Number(talk.duration) / 1e6,
    orig_bytes: sent,
    resp_bytes: received,
    conn_state: talk.state,
    local_orig: true,
    local_resp: isPrivate(talk.server.ip),
    missed_bytes: 0,
    history: talk.history,
    orig_pkts: out,
    orig_ip_bytes: sent + out * header,
    resp_pkts: back,
    resp_ip_bytes: received + back * header,
    ip_proto: udp ? 17 : 6,
  });
}

/** A line of dns.log: a question and its answer. */
export function dnsText(
  lookup: ZeekEnds & Omit<Lookup, 'askedAt'> & { askedAt: Nanos; time: Nanos; transaction: number },
): string {
  const { name, type, ips, code } = lookup;
  return jsonText({
    ts: secondsOf(lookup.time),
    uid: lookup.uid,
    ...tupleOf(lookup),
    proto: 'udp',
    trans_id: lookup.transaction,
    rtt: Number((lookup.answeredAt - lookup.askedAt) / 1_000n) / 1e6,
    query: name,
    qclass: 1,
    qclass_name: 'C_INTERNET',
    qtype: type === 'A' ? 1 : 28,
    qtype_name: type,
    rcode: code,
    rcode_name: code === 0 ? 'NOERROR' : 'NXDOMAIN',
    AA: name.endsWith('.local'),
    TC: false,
    RD: true,
    RA: true,
    Z: 0,
    answers: ips.length === 0 ? undefined : ips,
    TTLs: ips.length === 0 ? undefined : ips.map(() => 30),
    rejected: false,
  });
}

/** A line of ssl.log. */
export function sslText(time: Nanos, ends: ZeekEnds, serverName: string): string {
  return jsonText({
    ts: secondsOf(time),
    uid: ends.uid,
    ...tupleOf(ends),
    version: 'TLSv13',
    cipher: 'TLS_AES_256_GCM_SHA384',
    curve: 'x25519',
    server_name: serverName,
    resumed: false,
    established: true,
    ssl_history: 'CsiI',
  });
}

/** As Zeek names what it watches: unique, and no more than that. */
export function uidOf(random: Random): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return `C${random.word(17, alphabet)}`;
}

function tupleOf({ client, server }: ZeekEnds) {
  return {
    'id.orig_h': client.ip,
    'id.orig_p': client.port,
    'id.resp_h': server.ip,
    'id.resp_p': server.port,
  };
}

/** Seconds since the epoch, to the microsecond. */
function secondsOf(time: Nanos): number {
  return Number(time / 1_000n) / 1e6;
}

/** With TCP three packets come on top of those that carry bytes. */
function packetsOf(bytes: number, udp: boolean): number {
  const full = Math.ceil(bytes / 1400);
  return udp ? full : full + 3;
}

function isPrivate(ip: string): boolean {
  return ip.startsWith('10.') || ip.startsWith('172.18.');
}
