import type { BulkPod, BulkProcess } from './bulkCluster.ts';
import type { Random } from './random.ts';
import { randomDomain } from './randomDomain.ts';

/** A TCP connection between two pods, or from a pod to the outside. */
export type BulkSocket = {
  readonly client: BulkProcess;
  readonly server: BulkProcess | undefined;
  /** The tuple members as the client's and the accepting end's events print them. */
  readonly clientText: string;
  readonly acceptText: string;
  readonly serverText: string;
  sent: number;
  received: number;
};

const OUTSIDE = ['api.payments.example', 'hooks.chat.example', 'static.fonts.example'];

/** Opens a connection: nine of ten to another pod, directly to its address, so that both ends stitch. */
export function openSocket(
  client: BulkProcess,
  from: BulkPod,
  pods: readonly BulkPod[],
  random: Random,
): BulkSocket {
  const clientPort = random.between(32_768, 60_999);
  const cookie = takeCookie(random);
  if (random.chance(0.1)) {
    const index = random.int(OUTSIDE.length);
    const known = random.chance(0.98);
    const name = known ? (OUTSIDE[index] ?? '') : randomDomain(random);
    const ip = known ? `198.51.100.${10 + index}` : `203.0.113.${random.between(1, 250)}`;
    const named = `,"destination_names":["${name}."]`;
    const clientText = tupleText(from.pod.ip, clientPort, ip, 443, named, cookie);
    return {
      client,
      server: undefined,
      clientText,
      acceptText: '',
      serverText: '',
      sent: 0,
      received: 0,
    };
  }
  const to = random.pick(pods);
  const { ip } = to.pod;
  const peer = from === to ? '127.0.0.1' : from.pod.ip;
  const local = from === to ? '127.0.0.1' : ip;
  const serverCookie = takeCookie(random);
  return {
    client,
    server: to.main,
    clientText: tupleText(peer, clientPort, local, to.listenPort, '', cookie),
    acceptText: tupleText(peer, clientPort, local, to.listenPort, '', serverCookie),
    serverText: tupleText(local, to.listenPort, peer, clientPort, '', serverCookie),
    sent: 0,
    received: 0,
  };
}

/** One lookup's UDP socket towards the cluster's resolver. */
export function resolverText(from: BulkPod, random: Random): string {
  const port = random.between(32_768, 60_999);
  const cookie = takeCookie(random);
  return tupleText(from.pod.ip, port, '10.96.0.10', 53, '', cookie).replace('"TCP"', '"UDP"');
}

/** Cumulative counters as an end of the socket sees them. */
export function statsText(sent: number, received: number): string {
  return (
    `{"bytes_sent":"${sent}","bytes_received":"${received}","segs_in":${1 + (received >> 10)}` +
    `,"segs_out":${1 + (sent >> 10)},"bytes_consumed":"${received}","bytes_submitted":"${sent}","rtt":{}}`
  );
}

function takeCookie(random: Random): string {
  return `18446${random.between(600, 639)}${random.between(1e8, 9e8)}${random.between(100, 999)}`;
}

function tupleText(
  fromIp: string,
  fromPort: number,
  toIp: string,
  toPort: number,
  names: string,
  cookie: string,
): string {
  return (
    `"source_ip":"${fromIp}","source_port":${fromPort},"destination_ip":"${toIp}"` +
    `,"destination_port":${toPort}${names},"sock_cookie":"${cookie}","protocol":"TCP"`
  );
}
