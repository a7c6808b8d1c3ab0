import { formatTime } from '../../event/time.ts';
import type { Happening, Lookup, Socket, Teller } from '../happening.ts';
import type { Random } from '../random.ts';
import type { Timeline } from '../timeline.ts';
import { eventText, processText, quote, type ScenarioProcess } from '../writer.ts';

/** Kind and JSON after `process` and `parent` of an event; undefined: the agent does not see it. */
type Told = { readonly kind: string; readonly body: string };

export type TetragonSettings = {
  /** Whether exec events carry `ancestors`, which agents leave out by default. */
  readonly ancestors: boolean;
  /** Whether it parses DNS and TLS, which is how it learns names; true unless told. */
  readonly names?: boolean;
};

/**
 * Writes what a node's Tetragon reports to the timeline. Forks, refused execs and what is only on the wire it does not see.
 */
export function createTetragonTeller(
  random: Random,
  timeline: Timeline,
  { ancestors, names = true }: TetragonSettings,
): Teller {
  const refcnt = (): number => (random.chance(0.01) ? 4294967282 : random.int(40));

  function ancestorsOf(process: ScenarioProcess): string {
    if (!ancestors) return '';
    const texts: string[] = [];
    let ancestor = process.parent?.parent;
    while (ancestor !== undefined) {
      texts.push(processText(ancestor, refcnt()));
      ancestor = ancestor.parent;
    }
    return texts.length === 0 ? '' : `,"ancestors":[${texts.join(',')}]`;
  }

  return (happening) => {
    const { process, at } = happening;
    const told = tell(happening);
    if (told === undefined || (!names && isName(happening))) return;
    const body = happening.what === 'exec' ? ancestorsOf(process) : told.body;
    const parent = process.parent;
    const parentText = parent === undefined ? '' : `,"parent":${processText(parent, refcnt())}`;
    const text = `{"process":${processText(process, refcnt())}${parentText}${body}}`;
    timeline.add(at, eventText(process.node, at, told.kind, text));
  };
}

/** Whether Tetragon has an event for it when it parses neither DNS nor TLS. */
export function isToldNameless(happening: Happening): boolean {
  return tell(happening) !== undefined && !isName(happening);
}

function isName({ what }: Happening): boolean {
  return what === 'asked' || what === 'answered' || what === 'hello';
}

function tell(happening: Happening): Told | undefined {
  switch (happening.what) {
    case 'exec':
      return { kind: 'process_exec', body: '' };
    case 'exit': {
      const { signal, status = 0 } = happening.outcome;
      const signalText = signal === undefined ? '' : `,"signal":"${signal}"`;
      const statusText = status === 0 ? '' : `,"status":${status}`;
      const body = `${signalText}${statusText},"time":"${formatTime(happening.at)}"`;
      return { kind: 'process_exit', body };
    }
    case 'listen': {
      const { ip, port } = happening.on;
      const cookie = `"sock_cookie":"${happening.cookie}"`;
      const body = `,"ip":"${ip}","port":${port},${cookie},"protocol":"TCP"`;
      return { kind: 'process_listen', body };
    }
    case 'connect':
      return { kind: 'process_connect', body: `,${tupleText(happening.socket)}` };
    case 'accept':
      return { kind: 'process_accept', body: `,${tupleText(happening.socket)}` };
    case 'stats':
      return {
        kind: 'process_sock_stats',
        body: `,"socket":{${tupleText(happening.socket)}},${statsText(happening)}`,
      };
    case 'close': {
      const duration = `"duration":"${happening.seconds.toFixed(3)}s"`;
      const body = `,${tupleText(happening.socket)},${statsText(happening)},${duration}`;
      return { kind: 'process_close', body };
    }
    case 'hello': {
      const versions = '"negotiated_version":"TLS1.3","sni_type":"host_name"';
      const name = `"sni_name":${quote(happening.serverName)}`;
      return { kind: 'tls', body: `,${addressText(happening.socket)},${versions},${name}` };
    }
    case 'asked':
      return dnsOf(happening.socket, questionText(happening.lookup));
    case 'answered':
      return dnsOf(happening.socket, answerText(happening.lookup));
    case 'file':
      return { kind: 'process_kprobe', body: fileText(happening) };
    case 'fork':
    case 'refused':
    case 'talk':
      return undefined;
  }
}

function dnsOf(socket: Socket, dns: string): Told {
  return { kind: 'process_dns', body: `,"socket":{${tupleText(socket)}},"dns":{${dns}}` };
}

function questionText({ name, type }: Lookup): string {
  return `"names":[${quote(`${name}.`)}],"query_types":["${type}"]`;
}

/** `return_code` and the types speak of the name, also where this type of record has no address. */
function answerText({ name, type, ips, code }: Lookup): string {
  const addresses = ips.length === 0 ? '' : `,"ips":${JSON.stringify(ips)}`;
  const types = code === 0 ? `,"response_types":["${type}"]` : '';
  const head = `"names":[${quote(`${name}.`)}]${addresses},"response":true`;
  return `${head},"return_code":${code},"query_types":["${type}"]${types}`;
}

function fileText({ path, access, policy }: Happening & { what: 'file' }): string {
  const mask = access === 'read' ? 4 : 2;
  const file = `{"file_arg":{"path":${quote(path)},"permission":"-rw-r--r--"}}`;
  const args = `[${file},{"int_arg":${mask}}]`;
  const report = '"KPROBE_ACTION_POST"';
  return (
    `,"function_name":"security_file_permission","args":${args},"action":${report}` +
    `,"policy_name":${quote(policy)},"return_action":${report}`
  );
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

function statsText({ sent, received }: { readonly sent: number; readonly received: number }) {
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
  return `"stats":{${[...counters, '"rtt":{}'].join(',')}}`;
}

/** 64-bit counters are strings on the wire, and absent at zero. */
function countText(name: string, value: number): string {
  return value === 0 ? '' : `"${name}":"${value}"`;
}
