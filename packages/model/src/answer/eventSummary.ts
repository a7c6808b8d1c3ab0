import type {
  AlertDetail,
  DnsDetail,
  ExitDetail,
  FlowDetail,
  SocketDetail,
} from '../event/event.ts';
import { isHindering } from '../graph/network/verdict.ts';
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

/** What an alert says goes on for so many characters. */
const maxOutput = 300;

/** Of an event what its line is made from: a stored one, or one of a record alone. */
export type Summarised = Pick<EventView, 'kind' | 'subject'> & {
  readonly socket: SocketDetail | undefined;
  readonly lookup: DnsDetail | undefined;
  readonly exit: ExitDetail | undefined;
  readonly flow?: FlowDetail | undefined;
  readonly alert?: AlertDetail | undefined;
};

/** One line that says what happened, without the process that it happened to; and what a rule said of it. */
export function eventSummary(event: Summarised, owner: CommandOwner | undefined): string {
  const { alert } = event;
  if (alert === undefined) return happening(event, owner);
  const rule = `${alert.blocked ? 'BLOCKED ' : ''}${alert.severity} ${alert.rule}`;
  if (event.kind !== 'alert') {
    const what = happening(event, owner);
    return what === '' ? rule : `${what} · ${rule}`;
  }
  const [first = ''] = alert.output.split('\n', 1);
  const said = first === '' ? event.subject : first.slice(0, maxOutput);
  return said === '' ? rule : `${rule}: ${said}`;
}

function happening(event: Summarised, owner: CommandOwner | undefined): string {
  if (event.flow !== undefined && event.lookup === undefined)
    return withSubject(flowSummary(event.flow), event);
  if (event.socket !== undefined) {
    const line = socketSummary(event.kind, event.socket);
    const isSaid = event.subject === '' || event.socket.names.includes(event.subject);
    return isSaid ? line : `${line} · ${event.subject}`;
  }
  if (event.lookup !== undefined) {
    const line = joined(lookupSummary(event.lookup), refusalOf(event.flow));
    return ofNobody(line, event, owner, event.lookup.names);
  }
  if (event.exit !== undefined) return ofNobody(exitSummary(event.exit), event, owner);
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

function withSubject(line: string, { subject }: Summarised): string {
  return subject === '' ? line : `${line} · ${subject}`;
}

/** Of an event whose process is not known, the subject is what is known of it: its binary. */
function ofNobody(
  line: string,
  { subject }: Summarised,
  owner: CommandOwner | undefined,
  said: readonly string[] = [],
): string {
  return owner !== undefined || subject === '' || said.includes(subject)
    ? line
    : `${subject}: ${line}`;
}

function exitSummary({ code, signal }: ExitDetail): string {
  if (signal !== undefined) return `signal ${signal}`;
  return code === undefined ? 'code unknown' : `code ${code}`;
}

function lookupSummary(lookup: DnsDetail): string {
  const { names, types, response, rcode, ips, resolverIp, resolverPort } = lookup;
  const question = [...types.slice(0, shown), ...names.slice(0, shown)].join(' ');
  if (!response)
    return resolverIp === '' ? question : `${question} @${at(resolverIp, resolverPort)}`;
  const answer = ips.length === 0 ? '' : ` ${ips.slice(0, shown).join(', ')}`;
  return `${question} →${rcode === 0 ? answer || ' no address' : ` ${rcodeName(rcode)}`}`;
}

/** That a packet went on is no news of a lookup. */
function refusalOf(flow: FlowDetail | undefined): string {
  return flow !== undefined && isHindering(flow.verdict) ? judgedText(flow) : '';
}

function judgedText({ verdict, reason }: FlowDetail): string {
  return reason === '' ? verdict : joined(verdict, `(${reason})`);
}

function flowSummary(flow: FlowDetail): string {
  const { sourcePod, destinationPod } = flow;
  const source = joined(at(flow.sourceIp, flow.sourcePort), podName(sourcePod));
  const destination = joined(at(flow.destinationIp, flow.destinationPort), podName(destinationPod));
  const names = flow.names.slice(0, shown).join(', ');
  const way = `${source} → ${destination}${bytesText(flow)}`;
  return joined(joined(joined(flow.protocol, way), names), judgedText(flow));
}

function podName(pod: FlowDetail['sourcePod']): string {
  if (pod === undefined) return '';
  return pod.namespace === '' ? pod.name : `${pod.namespace}/${pod.name}`;
}

function bytesText({
  bytesSent,
  bytesReceived,
}: Pick<FlowDetail, 'bytesSent' | 'bytesReceived'>): string {
  return bytesSent === undefined && bytesReceived === undefined
    ? ''
    : ` ${bytesSent ?? 0n} B sent, ${bytesReceived ?? 0n} B received`;
}

function socketSummary(kind: string, socket: SocketDetail): string {
  const source = at(socket.sourceIp, socket.sourcePort);
  const destination = at(socket.destinationIp, socket.destinationPort);
  const names = socket.names.length === 0 ? '' : ` ${socket.names.slice(0, shown).join(', ')}`;
  const peer = socket.peerPod === undefined ? '' : ` ${podName(socket.peerPod)}`;
  const bytes = bytesText(socket);
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
