import { type Nanos, nanos } from '../event/time.ts';
import type { Machine } from './machine.ts';
import type { Random } from './random.ts';
import { after } from './timeline.ts';
import { quote, type ScenarioProcess } from './writer.ts';

export type Endpoint = { readonly ip: string; readonly port: number };

export type Conversation = {
  readonly client: ScenarioProcess;
  readonly clientIp: string;
  readonly at: Nanos;
  /** What the client dialled: a service address, a pod's, or one outside. */
  readonly to: Endpoint;
  /** Written as `destination_names` of the client's events, fully qualified with the last dot. */
  readonly names?: readonly string[];
  /** The accepting end when it is in the cluster, under the address it is bound to. */
  readonly server?: { readonly process: ScenarioProcess; readonly at: Endpoint };
  /** Sent and received by the client. */
  readonly sent: number;
  readonly received: number;
  /** How long it lasts; left open, with statistics only, when `open`. */
  readonly seconds: number;
  readonly open?: boolean;
  /** Only the client's connect is written, as where statistics are switched off. */
  readonly connectOnly?: boolean;
  /** TLS server name, as a separate `tls` event. */
  readonly sni?: string;
};

export type Question = {
  readonly process: ScenarioProcess;
  readonly ip: string;
  readonly at: Nanos;
  readonly resolver: Endpoint;
  /** Names tried before the one that answers, as a resolver with search domains does. */
  readonly misses: readonly string[];
  readonly name: string;
  /** Empty: the name does not exist. */
  readonly answers: readonly string[];
};

/** What the agent sees of the network: sockets of both ends, statistics, and DNS. */
export type Traffic = {
  /** A TCP conversation; returns the client's port. */
  readonly converse: (conversation: Conversation) => number;
  /** A lookup over one UDP socket; returns the moment of the last answer. */
  readonly ask: (question: Question) => Nanos;
  readonly listen: (process: ScenarioProcess, at: Nanos, port: number, ip?: string) => void;
};

type Socket = {
  readonly owner: ScenarioProcess;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly cookie: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly names: readonly string[];
};

export function createTraffic(machine: Machine, random: Random): Traffic {
  let lastPort = 32768 + random.int(8000);

  function takePort(): number {
    lastPort = lastPort >= 60000 ? 32768 : lastPort + random.between(2, 14);
    return lastPort;
  }

  // Kernel addresses: above 2^63, so that no reader gets by with doubles.
  const takeCookie = (): string =>
    `18446${random.between(600, 639)}${random.between(1e8, 9e8)}${random.between(100, 999)}`;

  function reportStats(socket: Socket, at: Nanos, sent: number, received: number): void {
    const body = `,"socket":{${tupleText(socket)}},"stats":${statsText(sent, received)}`;
    machine.report(socket.owner, at, 'process_sock_stats', body);
  }

  function reportClose(socket: Socket, at: Nanos, sent: number, received: number, seconds: number) {
    const duration = `"duration":"${seconds.toFixed(3)}s"`;
    const body = `,${tupleText(socket)},"stats":${statsText(sent, received)},${duration}`;
    machine.report(socket.owner, at, 'process_close', body);
  }

  function converse(conversation: Conversation): number {
    const { client, clientIp, to, server, sent, received, seconds } = conversation;
    const at = nanos(conversation.at + BigInt(random.int(90_000)));
    const local = { ip: clientIp, port: takePort() };
    const protocol = 'TCP' as const;
    const names = conversation.names ?? [];
    const mine: Socket = {
      owner: client,
      local,
      remote: to,
      cookie: takeCookie(),
      protocol,
      names,
    };
    machine.report(client, at, 'process_connect', `,${tupleText(mine)}`);
    if (conversation.connectOnly === true) return local.port;
    if (conversation.sni !== undefined) {
      const hello = `${addressText(mine)},"negotiated_version":"TLS1.3","sni_type":"host_name"`;
      const sniAt = after(at, 0.004);
      machine.report(client, sniAt, 'tls', `,${hello},"sni_name":${quote(conversation.sni)}`);
    }
    const sockets: [Socket, number, number][] = [[mine, sent, received]];
    if (server !== undefined) {
      const theirs: Socket = {
        owner: server.process,
        local: server.at,
        remote: local,
        cookie: takeCookie(),
        protocol,
        names: [],
      };
      // accept prints the remote client as the source.
      const seen = { ...theirs, local, remote: server.at };
      machine.report(server.process, after(at, 0.0002), 'process_accept', `,${tupleText(seen)}`);
      sockets.push([theirs, received, sent]);
    }
    const end = after(at, seconds);
    for (const [socket, out, back] of sockets) {
      if (seconds >= 1.5 || conversation.open === true) {
        const share = 0.4;
        const half = after(at, seconds / 2);
        reportStats(socket, half, Math.floor(out * share), Math.floor(back * share));
      }
      reportStats(socket, nanos(end - 2_500_000n), out, back);
      if (conversation.open !== true) reportClose(socket, end, out, back, seconds);
    }
    return local.port;
  }

  function ask(question: Question): Nanos {
    const { process, resolver, at } = question;
    const socket: Socket = {
      owner: process,
      local: { ip: question.ip, port: takePort() },
      remote: resolver,
      cookie: takeCookie(),
      protocol: 'UDP',
      names: [],
    };
    machine.report(process, at, 'process_connect', `,${tupleText(socket)}`);
    let moment = after(at, 0.0005);
    let sent = 0;
    let received = 0;
    const say = (dns: string): void => {
      const body = `,"socket":{${tupleText(socket)}},"dns":{${dns}}`;
      machine.report(process, moment, 'process_dns', body);
      moment = after(moment, 0.0021);
    };
    const tries = [...question.misses, question.name];
    for (const [index, name] of tries.entries()) {
      const answers = index === tries.length - 1 ? question.answers : [];
      const found = answers.length > 0;
      for (const kind of ['A', 'AAAA']) {
        const ips = kind === 'A' ? answers : [];
        const ipText = ips.length === 0 ? '' : `,"ips":${JSON.stringify(ips)}`;
        const code = found ? 0 : 3;
        const types = found ? `,"response_types":["${kind}"]` : '';
        say(`"names":[${quote(`${name}.`)}],"query_types":["${kind}"]`);
        const head = `"names":[${quote(`${name}.`)}]${ipText},"response":true`;
        say(`${head},"return_code":${code},"query_types":["${kind}"]${types}`);
        sent += name.length + 18;
        received += name.length + 18 + 16 * ips.length + (found ? 0 : 75);
      }
    }
    reportStats(socket, moment, sent, received);
    reportClose(socket, after(moment, 0.004), sent, received, 0.02);
    return moment;
  }

  return {
    converse,
    ask,
    listen: (process, at, port, ip = '0.0.0.0') => {
      const body = `,"ip":"${ip}","port":${port},"sock_cookie":"${takeCookie()}","protocol":"TCP"`;
      machine.report(process, at, 'process_listen', body);
    },
  };
}

function tupleText(socket: Socket): string {
  const names =
    socket.names.length === 0 ? '' : `,"destination_names":${JSON.stringify(socket.names)}`;
  return `${addressText(socket)}${names},"sock_cookie":"${socket.cookie}","protocol":"${socket.protocol}"`;
}

function addressText({ local, remote }: Socket): string {
  return (
    `"source_ip":"${local.ip}","source_port":${local.port}` +
    `,"destination_ip":"${remote.ip}","destination_port":${remote.port}`
  );
}

function statsText(sent: number, received: number): string {
  const out = Math.ceil(sent / 1400);
  const back = Math.ceil(received / 1400);
  const counters = [
    countText('bytes_sent', sent),
    countText('bytes_received', received),
    back === 0 ? '' : `"segs_in":${back}`,
    out === 0 ? '' : `"segs_out":${out}`,
    countText('bytes_consumed', received),
    countText('bytes_submitted', sent),
  ].filter((counter) => counter !== '');
  return `{${[...counters, '"rtt":{}'].join(',')}}`;
}

/** 64-bit counters are strings on the wire, and absent at zero. */
function countText(name: string, value: number): string {
  return value === 0 ? '' : `"${name}":"${value}"`;
}
