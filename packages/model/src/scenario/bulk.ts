import { type Nanos, nanos, parseTime } from '../event/time.ts';
import {
  type BulkNode,
  type BulkPod,
  type BulkProcess,
  createBulkNode,
  createBulkPod,
  takePid,
} from './bulkCluster.ts';
import { type BulkSocket, openSocket, resolverText, statsText } from './bulkSockets.ts';
import { createRandom, type Random } from './random.ts';
import { createTimePrinter } from './timeline.ts';
import { createProcess, processText, type ScenarioProcess } from './writer.ts';

export type BulkSpec = {
  readonly seed: number;
  /** Lines to produce, the opening ones of hosts and mains included. */
  readonly events: number;
  /** 300 unless told. */
  readonly pods?: number;
  /** 8 unless told. */
  readonly nodes?: number;
  /** How fast the cluster's clock runs through the log; 1,000 unless told. */
  readonly eventsPerSecond?: number;
};

type Bulk = {
  readonly random: Random;
  readonly print: (time: Nanos) => string;
  readonly hosts: readonly BulkNode[];
  readonly pods: readonly BulkPod[];
  /** Connections that may still be spoken of. */
  readonly sockets: BulkSocket[];
  /** Connections whose accept is still to come. */
  readonly unanswered: BulkSocket[];
};

const MOST_LIVE = 24;
const MOST_SOCKETS = 4_000;
const DEEPEST = 8;

const CHILDREN: readonly ((random: Random) => readonly [binary: string, text: string])[] = [
  (random) => ['/usr/bin/curl', `-fsS http://session:8080/v1/session/${random.int(100_000)}`],
  (random) => ['/bin/sleep', `${random.int(90)}`],
  (random) => ['/bin/sh', `-c "tail -n ${random.int(500)} /var/log/app.log | sort"`],
  () => ['/usr/bin/sort', ''],
  (random) => ['/usr/bin/python3', `/srv/app/jobs/report.py --batch ${random.int(10_000)}`],
  (random) => ['/usr/bin/gzip', `-9 /var/tmp/part-${random.int(1_000)}.csv`],
  () => ['/bin/date', '+%s'],
];
/** Rare, and only after a pod's first minutes: what late and new looks like. */
const ODD: readonly (readonly [binary: string, text: string])[] = [
  ['/bin/bash', '-i'],
  ['/usr/bin/nmap', '-sT 10.244.0.0/24'],
  ['/tmp/.x', '--quiet'],
];
const ODD_AFTER = 120_000_000_000n;

/**
 * A stream of lines for benchmarks: 28 % exec, 26 % exit, 16 % connect, accept and close, 14 %
 * sock_stats, 9 % dns, 7 % kprobe; about 3.5 events per process and 2 KB per line. Memory stays
 * bounded: a pod keeps at most 24 living processes, the oldest of which leave without an exit.
 */
export function* generateBulk(spec: BulkSpec): Generator<string, void, undefined> {
  const random = createRandom(spec.seed);
  const began = parseTime('2026-06-08T00:00:00.512Z') ?? nanos(0n);
  const hosts = Array.from({ length: spec.nodes ?? 8 }, (_, index) => createBulkNode(index, began));
  const pods: BulkPod[] = [];
  const print = createTimePrinter();
  const bulk: Bulk = { random, print, hosts, pods, sockets: [], unanswered: [] };
  const step = Math.floor(1_000_000_000 / (spec.eventsPerSecond ?? 1_000));
  let left = spec.events;
  let moment = began;
  const advance = (): Nanos => {
    moment = nanos(moment + BigInt(1 + random.int(2 * step)));
    return moment;
  };

  for (const { systemd } of hosts) {
    if (left <= 0) return;
    yield lineOf(systemd, advance(), 'process_exec', '', bulk);
    left -= 1;
  }
  const podCount = spec.pods ?? 300;
  for (let index = 0; index < podCount; index += 1) {
    const host = hosts[index % hosts.length];
    if (host === undefined || left <= 1) break;
    const { pod, shim } = createBulkPod(host, index, advance(), random);
    pods.push(pod);
    yield lineOf(shim, moment, 'process_exec', '', bulk);
    yield lineOf(pod.main.process, moment, 'process_exec', '', bulk);
    left -= 2;
  }
  for (; left > 0; left -= 1) yield writeNext(bulk, advance(), began);
}

/** One line of the mix; a kind that has nothing to speak of becomes an exec or a connect. */
function writeNext(bulk: Bulk, at: Nanos, began: Nanos): string {
  const { random, pods } = bulk;
  const pod = random.pick(pods);
  const dice = random.int(100);
  if (dice < 28) return writeExec(bulk, pod, at, at - began > ODD_AFTER);
  if (dice < 54) return writeExit(bulk, pod, at, began);
  if (dice < 70) return writeConnection(bulk, pod, at, dice);
  if (dice < 84) return writeStats(bulk, pod, at);
  const { process } = random.pick(pod.live);
  if (dice < 93) return writeLookup(bulk, process, pod, at);
  const path = `/srv/app/data/${random.int(5_000)}.json`;
  const file = `{"file_arg":{"path":"${path}","permission":"-rw-r--r--"}},{"int_arg":${random.chance(0.5) ? 4 : 2}}`;
  const call = `,"function_name":"security_file_permission","args":[${file}],"action":"KPROBE_ACTION_POST"`;
  const policy = ',"policy_name":"file-monitoring","return_action":"KPROBE_ACTION_POST"';
  return lineOf(process, at, 'process_kprobe', call + policy, bulk);
}

function writeExec(bulk: Bulk, pod: BulkPod, at: Nanos, oddAllowed: boolean): string {
  const { random, hosts } = bulk;
  const chosen = random.chance(0.4) ? pod.main : random.pick(pod.live);
  const parent = chosen.depth < DEEPEST ? chosen : pod.main;
  const { node, container, cwd, uid } = parent.process;
  const host = hosts.find((candidate) => candidate.node === node);
  if (host === undefined) throw new Error('a pod runs on a node of its cluster');
  const odd = oddAllowed && random.chance(0.0008);
  const [binary, text] = odd ? random.pick(ODD) : random.pick(CHILDREN)(random);
  const pid = takePid(host, random);
  const process = createProcess({
    node,
    pid,
    start: at,
    startText: bulk.print(at),
    binary,
    arguments: text,
    cwd,
    uid,
    parent: parent.process,
    container,
    insidePid: 2 + (pid % 30_000),
  });
  pod.live.push({ process, depth: parent.depth + 1, alive: true });
  if (pod.live.length > MOST_LIVE) retire(pod, 1);
  return lineOf(process, at, 'process_exec', '', bulk);
}

function writeExit(bulk: Bulk, pod: BulkPod, at: Nanos, began: Nanos): string {
  const { random } = bulk;
  if (pod.live.length < 2) return writeExec(bulk, pod, at, at - began > ODD_AFTER);
  const leaving = retire(pod, 1 + random.int(pod.live.length - 1));
  let outcome = '';
  if (random.chance(0.03)) outcome = ',"status":1';
  else if (random.chance(0.01)) outcome = ',"signal":"SIGKILL"';
  const body = `${outcome},"time":"${bulk.print(at)}"`;
  return lineOf(leaving.process, at, 'process_exit', body, bulk);
}

/** Of sixteen: eight accepts while any is due, two closes while any is open, the rest connects. */
function writeConnection(bulk: Bulk, pod: BulkPod, at: Nanos, dice: number): string {
  const { random, sockets, unanswered, pods } = bulk;
  const due = dice < 62 ? unanswered.pop() : undefined;
  if (due?.server !== undefined) {
    return lineOf(due.server.process, at, 'process_accept', `,${due.acceptText}`, bulk);
  }
  const closing = dice >= 68 ? takeSocket(bulk) : undefined;
  if (closing !== undefined) {
    sockets.splice(sockets.indexOf(closing), 1);
    const stats = statsText(closing.sent, closing.received);
    const body = `,${closing.clientText},"stats":${stats},"duration":"${1 + random.int(90)}.${100 + random.int(900)}s"`;
    return lineOf(closing.client.process, at, 'process_close', body, bulk);
  }
  const client = random.pick(pod.live);
  const socket = openSocket(client, pod, pods, random);
  if (sockets.length < MOST_SOCKETS) sockets.push(socket);
  else sockets[random.int(MOST_SOCKETS)] = socket;
  if (socket.server !== undefined) unanswered.push(socket);
  return lineOf(client.process, at, 'process_connect', `,${socket.clientText}`, bulk);
}

function writeStats(bulk: Bulk, pod: BulkPod, at: Nanos): string {
  const { random } = bulk;
  const socket = takeSocket(bulk);
  if (socket === undefined) return writeConnection(bulk, pod, at, 67);
  socket.sent += random.int(20_000);
  socket.received += random.int(90_000);
  const { client, server, sent, received } = socket;
  if (server !== undefined && random.chance(0.4)) {
    const body = `,"socket":{${socket.serverText}},"stats":${statsText(received, sent)}`;
    return lineOf(server.process, at, 'process_sock_stats', body, bulk);
  }
  const body = `,"socket":{${socket.clientText}},"stats":${statsText(sent, received)}`;
  return lineOf(client.process, at, 'process_sock_stats', body, bulk);
}

function writeLookup(bulk: Bulk, process: ScenarioProcess, pod: BulkPod, at: Nanos): string {
  const { random } = bulk;
  const name = `svc-${random.int(40)}.team-${random.int(12)}.svc.cluster.local.`;
  const socket = `,"socket":{${resolverText(pod, random)}}`;
  const types = `"query_types":["${random.chance(0.5) ? 'A' : 'AAAA'}"]`;
  const dice = random.int(4);
  let dns = `"names":["${name}"],${types}`;
  if (dice === 2) dns = `"names":["${name}"],"response":true,"return_code":3,${types}`;
  if (dice === 3) {
    const ip = `10.96.${random.int(40)}.${random.int(250) + 1}`;
    dns = `"names":["${name}"],"ips":["${ip}"],"response":true,"return_code":0,"query_types":["A"]`;
  }
  return lineOf(process, at, 'process_dns', `${socket},"dns":{${dns}}`, bulk);
}

/** A connection whose client still lives; those whose client is gone are forgotten on the way. */
function takeSocket({ sockets, random }: Bulk): BulkSocket | undefined {
  while (sockets.length > 0) {
    const index = random.int(sockets.length);
    const socket = sockets[index];
    if (socket?.client.alive === true) return socket;
    const last = sockets.pop();
    if (last !== undefined && index < sockets.length) sockets[index] = last;
  }
  return undefined;
}

function retire(pod: BulkPod, index: number): BulkProcess {
  const [leaving] = pod.live.splice(index, 1);
  if (leaving === undefined) throw new Error('nothing lives at that place');
  leaving.alive = false;
  return leaving;
}

function lineOf(
  process: ScenarioProcess,
  at: Nanos,
  kind: string,
  body: string,
  { random, print }: Bulk,
): string {
  const { node, parent } = process;
  const parentText = parent === undefined ? '' : `,"parent":${processText(parent, random.int(60))}`;
  return (
    `{"${kind}":{"process":${processText(process, random.int(60))}${parentText}${body}}` +
    `,"node_name":"${node.name}","time":"${print(at)}","cluster_name":"${node.cluster}"}`
  );
}
