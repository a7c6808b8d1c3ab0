import { formatTime, type Nanos } from '../../event/time.ts';
import { encodeAscii } from '../execId.ts';
import type { Happening } from '../happening.ts';
import type { ScenarioProcess } from '../writer.ts';
import { type Json, jsonText } from './json.ts';
import type { Life, Lives } from './lives.ts';

const AGENT = 'b7e1c0de-41aa-4c17-9f30-5d2f6a8b9c01';

/** An Elastic Defend document; undefined: it has none for this. */
export function ecsText(happening: Happening, lives: Lives): string | undefined {
  const { process, at } = happening;
  switch (happening.what) {
    case 'exec':
      return happening.seen === 'procfs'
        ? documentOf('process', 'already_running', ['info'], process, at, lives, {})
        : documentOf('process', 'exec', ['start'], process, at, lives, {});
    case 'fork':
      return documentOf('process', 'fork', ['start'], process, at, lives, {});
    case 'exit': {
      const { status = 0 } = happening.outcome;
      const end = { end: formatTime(at), exit_code: status };
      return documentOf('process', 'end', ['end'], process, at, lives, {}, end);
    }
    case 'connect': {
      const { local, remote, protocol } = happening.socket;
      return documentOf('network', 'connection_attempted', ['start'], process, at, lives, {
        source: { address: local.ip, ip: local.ip, port: local.port },
        destination: { address: remote.ip, ip: remote.ip, port: remote.port },
        network: { transport: protocol.toLowerCase(), type: 'ipv4', direction: 'egress' },
      });
    }
    case 'asked': {
      const { name, type } = happening.lookup;
      return documentOf('network', 'lookup_requested', ['protocol', 'info'], process, at, lives, {
        dns: { question: { name, type } },
        network: { protocol: 'dns' },
      });
    }
    case 'refused':
    case 'listen':
    case 'accept':
    case 'stats':
    case 'close':
    case 'hello':
    case 'answered':
    case 'file':
    case 'talk':
      return undefined;
  }
}

function documentOf(
  set: 'process' | 'network',
  action: string,
  type: readonly string[],
  process: ScenarioProcess,
  at: Nanos,
  lives: Lives,
  body: { readonly [key: string]: Json },
  ending: { readonly [key: string]: Json } = {},
): string {
  const { node } = process;
  const sequence = Number(at % 1_000_000_007n);
  return jsonText({
    '@timestamp': formatTime(at),
    agent: { id: AGENT, type: 'endpoint', version: '8.15.0' },
    ...placeOf(set, process),
    data_stream: { namespace: 'default', type: 'logs', dataset: `endpoint.events.${set}` },
    ecs: { version: '8.10.0' },
    elastic: { agent: { id: AGENT } },
    event: {
      action,
      category: [set],
      created: formatTime(at),
      dataset: `endpoint.events.${set}`,
      id: encodeAscii(`${node.name}/${at}`),
      kind: 'event',
      module: 'endpoint',
      sequence,
      type,
    },
    host: {
      architecture: 'x86_64',
      hostname: node.name,
      id: encodeAscii(node.name),
      ip: [node.ip, '127.0.0.1'],
      name: node.name,
      os: { family: 'debian', kernel: '6.1.0-28-amd64', name: 'Linux', type: 'linux' },
    },
    message: `Endpoint ${set} event`,
    process: {
      ...processOf(process, at, lives),
      ...(set === 'process' ? entryOf(process, at, lives) : {}),
      ...ending,
    },
    user: { id: `${process.uid}`, name: process.uid === 0 ? 'root' : 'app' },
    ...body,
  });
}

/** Network documents of Linux name neither container nor pod. */
function placeOf(set: 'process' | 'network', { container }: ScenarioProcess) {
  if (container === undefined || set === 'network') return {};
  const { pod, image } = container;
  return {
    container: {
      id: container.id,
      name: container.name,
      image: {
        name: image,
        tag: [image.slice(image.lastIndexOf(':') + 1)],
        hash: { all: [`sha256:${container.digest}`] },
      },
    },
    orchestrator: {
      cluster: { id: encodeAscii(pod.node.cluster), name: pod.node.cluster },
      namespace: pod.namespace,
      resource: {
        ip: [pod.ip],
        name: pod.name,
        type: 'pod',
        parent: { type: pod.workloadKind },
      },
    },
  };
}

function processOf(process: ScenarioProcess, at: Nanos, lives: Lives) {
  const life = lives.of(process);
  const ancestors = lives.ancestorsAt(life, at);
  const [parent] = ancestors;
  const image = parent === undefined ? undefined : lives.imageAt(parent, at);
  return {
    ...imageOf(process, life),
    parent: parent === undefined || image === undefined ? undefined : imageOf(image, parent),
    Ext: { ancestry: ancestors.map((ancestor) => entityOf(ancestor, process)) },
    interactive: process.tty !== 0,
    working_directory: process.cwd,
  };
}

/** The outermost ancestor in the container: what the container began with, or what somebody put into it. */
function entryOf(process: ScenarioProcess, at: Nanos, lives: Lives) {
  if (process.container === undefined) return {};
  let entry = { life: lives.of(process), image: process };
  for (const life of lives.ancestorsAt(entry.life, at)) {
    const image = lives.imageAt(life, at);
    if (image.container === undefined) break;
    entry = { life, image };
  }
  const type = entry.image.inInitTree ? 'container' : 'kubelet';
  return { entry_leader: { ...imageOf(entry.image, entry.life), entry_meta: { type } } };
}

function imageOf(image: ScenarioProcess, life: Life) {
  const words = image.arguments === '' ? [] : image.arguments.split(' ');
  const name = image.binary.slice(image.binary.lastIndexOf('/') + 1);
  return {
    entity_id: entityOf(life, image),
    pid: life.pid,
    executable: image.binary,
    name,
    args: [name, ...words],
    args_count: words.length + 1,
    command_line: [name, ...words].join(' '),
    start: formatTime(life.born),
  };
}

function entityOf({ pid, born }: Life, { node }: ScenarioProcess): string {
  return encodeAscii(`${AGENT}-${node.name}-${pid}-${born}`);
}
