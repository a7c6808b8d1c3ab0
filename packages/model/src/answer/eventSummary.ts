import type { SocketFact } from '../event/facts.ts';
import type { EventView } from './eventView.ts';
import { rcodeName } from './rcodeName.ts';

/** Names and addresses of one event are many at most; a line shows this many. */
const shown = 8;

interface Command {
  readonly binary: string;
  readonly arguments: string;
}

/** Whose event it is: of several images the one that it had then. */
interface CommandOwner {
  readonly process: Command;
  readonly image: Command | undefined;
}

/** One line that says what happened, without the process that it happened to. */
export function eventSummary(event: EventView, owner: CommandOwner | undefined): string {
  if (event.socket !== undefined) {
    const line = socketSummary(event.kind, event.socket);
    const isSaid = event.subject === '' || event.socket.names.includes(event.subject);
    return isSaid ? line : `${line} · ${event.subject}`;
  }
  if (event.lookup !== undefined) {
    const { names, types, response, rcode, ips, resolverIp, resolverPort } = event.lookup;
    const question = [...types.slice(0, shown), ...names.slice(0, shown)].join(' ');
    if (!response)
      return resolverIp === '' ? question : `${question} @${at(resolverIp, resolverPort)}`;
    const answer = ips.length === 0 ? '' : ` ${ips.slice(0, shown).join(', ')}`;
    return `${question} →${rcode === 0 ? answer || ' no address' : ` ${rcodeName(rcode)}`}`;
  }
  if (event.exit !== undefined) {
    const { code, signal } = event.exit;
    if (signal !== undefined) return `signal ${signal}`;
    return code === undefined ? 'code unknown' : `code ${code}`;
  }
  if (event.kind === 'rate_limit') return 'the agent dropped events of this node: its rate limit';
  if (event.kind === 'throttle') {
    const cgroup = event.subject === '' ? 'a cgroup' : `cgroup ${event.subject}`;
    return `${cgroup}: throttling of its exec and exit events began or ended`;
  }
  if (event.kind === 'exec') {
    const image = owner?.image ?? owner?.process;
    // Text of the log keeps its ends: an unseen character there may be what matters.
    if (image !== undefined) return joined(image.binary, image.arguments);
  }
  return event.subject;
}

function socketSummary(kind: string, socket: SocketFact): string {
  const source = at(socket.sourceIp, socket.sourcePort);
  const destination = at(socket.destinationIp, socket.destinationPort);
  const names = socket.names.length === 0 ? '' : ` ${socket.names.slice(0, shown).join(', ')}`;
  const peer =
    socket.peerPod === undefined ? '' : ` ${socket.peerPod.namespace}/${socket.peerPod.name}`;
  const bytes =
    socket.bytesSent === undefined && socket.bytesReceived === undefined
      ? ''
      : ` ${socket.bytesSent ?? 0n} B sent, ${socket.bytesReceived ?? 0n} B received`;
  if (kind === 'listen') return joined(socket.protocol, source || destination);
  // What was carried before the names, which are long: a narrow list cuts the end.
  const way = `${source} → ${destination}${bytes}${names}${peer}`;
  return joined(socket.protocol, way);
}

function joined(first: string, second: string): string {
  return first === '' || second === '' ? first + second : `${first} ${second}`;
}

function at(ip: string, port: number): string {
  if (ip === '') return port === 0 ? '' : `:${port}`;
  if (port === 0) return ip;
  return ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`;
}
