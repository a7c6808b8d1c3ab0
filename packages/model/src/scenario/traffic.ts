import { type Nanos, nanos } from '../event/time.ts';
import type { Endpoint, Lookup, Socket } from './happening.ts';
import type { Machine } from './machine.ts';
import type { Random } from './random.ts';
import { after } from './timeline.ts';
import type { ScenarioProcess } from './writer.ts';

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
  /** A network policy drops every packet: a connect, and the close when the client gives up. */
  readonly denied?: boolean;
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
  /** The process that answers, under the address it is bound to. */
  readonly server?: { readonly process: ScenarioProcess; readonly at: Endpoint };
};

/** What happens on the network: sockets of both ends, statistics, and DNS. */
export type Traffic = {
  /** A TCP conversation; returns the client's port. */
  readonly converse: (conversation: Conversation) => number;
  /** A lookup over one UDP socket; returns the moment of the last answer. */
  readonly ask: (question: Question) => Nanos;
  readonly listen: (process: ScenarioProcess, at: Nanos, port: number, ip?: string) => void;
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

  function converse(conversation: Conversation): number {
    const { client, clientIp, to, server, sent, received, seconds } = conversation;
    const at = nanos(conversation.at + BigInt(random.int(90_000)));
    const local = { ip: clientIp, port: takePort() };
    const protocol = 'TCP' as const;
    const names = conversation.names ?? [];
    const cookie = takeCookie();
    const mine: Socket = { owner: client, local, remote: to, cookie, protocol, names };
    const { open = false, denied = false, sni: serverName } = conversation;
    const end = after(at, seconds);
    const course = { from: local, to, server, protocol, cookie, end, sent, received };
    const talk = { ...course, client, open, denied, serverName, lookups: [] };
    machine.tell({ what: 'connect', process: client, at, socket: mine });
    machine.tell({ what: 'talk', process: client, at, talk });
    if (conversation.connectOnly === true) return local.port;
    if (serverName !== undefined) {
      machine.tell({
        what: 'hello',
        process: client,
        at: after(at, 0.004),
        socket: mine,
        serverName,
      });
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
      const socket = { ...theirs, local, remote: server.at };
      machine.tell({ what: 'accept', process: server.process, at: after(at, 0.0002), socket });
      sockets.push([theirs, received, sent]);
    }
    for (const [socket, out, back] of sockets) {
      const process = socket.owner;
      if (seconds >= 1.5 || open) {
        const share = 0.4;
        const half = { sent: Math.floor(out * share), received: Math.floor(back * share) };
        const middle = after(at, seconds / 2);
        machine.tell({ what: 'stats', process, at: middle, socket, ...half, seconds });
      }
      const whole = { socket, sent: out, received: back, seconds };
      machine.tell({ what: 'stats', process, at: nanos(end - 2_500_000n), ...whole });
      if (!open) machine.tell({ what: 'close', process, at: end, ...whole });
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
    machine.tell({ what: 'connect', process, at, socket });
    const lookups: Lookup[] = [];
    let moment = after(at, 0.0005);
    let sent = 0;
    let received = 0;
    const tries = [...question.misses, question.name];
    for (const [index, name] of tries.entries()) {
      const answers = index === tries.length - 1 ? question.answers : [];
      const found = answers.length > 0;
      for (const type of ['A', 'AAAA'] as const) {
        const ips = type === 'A' ? answers : [];
        const code = found ? 0 : 3;
        const askedAt = moment;
        const answeredAt = after(moment, 0.0021);
        const lookup: Lookup = { name, type, askedAt, answeredAt, code, ips };
        machine.tell({ what: 'asked', process, at: askedAt, socket, lookup });
        machine.tell({ what: 'answered', process, at: answeredAt, socket, lookup });
        lookups.push(lookup);
        moment = after(answeredAt, 0.0021);
        sent += name.length + 18;
        received += name.length + 18 + 16 * ips.length + (found ? 0 : 75);
      }
    }
    const end = after(moment, 0.004);
    const sums = { socket, sent, received, seconds: 0.02 };
    machine.tell({ what: 'stats', process, at: moment, ...sums });
    machine.tell({ what: 'close', process, at: end, ...sums });
    const { local: from, remote: to, cookie, protocol } = socket;
    const course = { client: process, from, to, cookie, protocol, end, sent, received };
    const talk = { ...course, server: question.server, open: false, denied: false, lookups };
    machine.tell({ what: 'talk', process, at, talk });
    return moment;
  }

  return {
    converse,
    ask,
    listen: (process, at, port, ip = '0.0.0.0') =>
      machine.tell({ what: 'listen', process, at, on: { ip, port }, cookie: takeCookie() }),
  };
}
