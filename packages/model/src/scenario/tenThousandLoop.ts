import { nanos, parseTime } from '../event/time.ts';
import { createContainer, createPod, type ScenarioNode } from './cluster.ts';
import { createMachine } from './machine.ts';
import { createRandom } from './random.ts';
import { randomDomain } from './randomDomain.ts';
import { createRuntime } from './runtime.ts';
import type { Scenario } from './scenario.ts';
import { createTetragonTeller } from './tellers/tetragon.ts';
import { after, createTimeline } from './timeline.ts';
import { createTraffic } from './traffic.ts';
import type { ScenarioProcess } from './writer.ts';

export type LoopSpec = {
  readonly seed: number;
  /** Children of the loop, the odd one apart. 10,000 unless told. */
  readonly children?: number;
};

export type LoopTruth = {
  readonly pod: string;
  readonly namespace: string;
  /** The shell whose children they are: PID 1 of the container. */
  readonly mainExecId: string;
  /** The loop's children and the odd one. */
  readonly totalChildren: number;
  readonly curls: number;
  readonly sleeps: number;
  /** In the middle of them: another binary, and the only call outside. */
  readonly oddExecId: string;
  readonly oddIndex: number;
  readonly domain: string;
  readonly domainIp: string;
  /** The one curl that failed. */
  readonly failedExecId: string;
  readonly failedStatus: number;
  readonly lastExecId: string;
};

/**
 * A shell that polls a queue for ever: curl, sleep, curl, sleep, each with other numbers. One child
 * in the middle is neither, and one of the curls exits with 22.
 */
export function generateTenThousandLoop(spec: LoopSpec): Scenario<LoopTruth> {
  const random = createRandom(spec.seed);
  const timeline = createTimeline(random);
  const installed = parseTime('2026-04-02T22:40:09.204Z') ?? nanos(0n);
  const node: ScenarioNode = {
    name: 'worker-2',
    cluster: 'loop-lab',
    boot: after(installed, -86_211.4471),
    ip: '172.18.0.4',
  };
  const teller = createTetragonTeller(random, timeline, { ancestors: false });
  const machine = createMachine(node, random, teller, { firstPid: 30_000 });
  const runtime = createRuntime(machine, random, after(installed, -30));
  const traffic = createTraffic(machine, random);
  const pod = createPod(
    node,
    { namespace: 'billing', app: 'queue-poller', ip: '10.244.2.19' },
    random,
  );
  const image = { image: 'registry.example/billing/queue-poller:2.3.0', digest: random.hex(64) };
  const container = createContainer(pod, { name: 'poller', ...image, start: installed }, random);
  const shim = runtime.startShim(after(installed, -1.4));
  const main = runtime.start(shim, container, installed, {
    binary: '/bin/sh',
    arguments: '/app/poll.sh',
    cwd: '/app',
    uid: 1000,
  });

  const children = spec.children ?? 10_000;
  const oddIndex = Math.floor(children / 2);
  const failedIndex = Math.floor(children * 0.35) * 2;
  const queue = { ip: '10.96.44.7', port: 8080 };
  const domain = randomDomain(random);
  const domainIp = `203.0.113.${random.between(16, 240)}`;
  let moment = after(main.start, 0.7);
  let offset = random.between(1_000, 9_000);
  let odd = main;
  let failed = main;
  let last = main;

  function poll(): ScenarioProcess {
    offset += random.between(1, 40);
    const curl = machine.spawn(main, {
      at: moment,
      binary: '/usr/bin/curl',
      arguments: `-fsS http://queue.billing:8080/v1/items?offset=${offset}`,
    });
    traffic.converse({
      client: curl,
      clientIp: pod.ip,
      at: after(curl.start, 0.006),
      to: queue,
      names: ['queue.billing.svc.cluster.local.'],
      sent: 0,
      received: 0,
      seconds: 0,
      connectOnly: true,
    });
    moment = after(curl.start, 0.03 + random.int(20) / 1000);
    return curl;
  }

  function wait(): ScenarioProcess {
    const pause = random.between(380, 430);
    const sleep = machine.spawn(main, {
      at: moment,
      binary: '/bin/sleep',
      arguments: `0.${pause}`,
    });
    moment = after(sleep.start, pause / 1000 + 0.002);
    return sleep;
  }

  function fetchOdd(): ScenarioProcess {
    const wget = machine.spawn(main, {
      at: moment,
      binary: '/usr/bin/wget',
      arguments: `-q -O /tmp/.u http://${domain}/u`,
    });
    const resolver = { ip: '10.96.0.10', port: 53 };
    const question = { process: wget, ip: pod.ip, resolver, misses: [] };
    const at = traffic.ask({
      ...question,
      at: after(wget.start, 0.004),
      name: domain,
      answers: [domainIp],
    });
    const to = { ip: domainIp, port: 80 };
    const size = { sent: 141, received: 88_213, seconds: 0.4 };
    traffic.converse({ client: wget, clientIp: pod.ip, at: after(at, 0.001), to, ...size });
    moment = after(at, 0.42);
    return wget;
  }

  for (let index = 0; index < children; index += 1) {
    if (index === oddIndex) {
      odd = fetchOdd();
      machine.exit(odd, moment);
      moment = after(moment, 0.003);
    }
    last = index % 2 === 0 ? poll() : wait();
    if (index === failedIndex) failed = last;
    machine.exit(last, moment, { status: index === failedIndex ? FAILED_STATUS : 0 });
    moment = after(moment, 0.003);
  }

  const truth: LoopTruth = {
    pod: pod.name,
    namespace: pod.namespace,
    mainExecId: main.execId,
    totalChildren: children + 1,
    curls: Math.ceil(children / 2),
    sleeps: Math.floor(children / 2),
    oddExecId: odd.execId,
    oddIndex,
    domain,
    domainIp,
    failedExecId: failed.execId,
    failedStatus: FAILED_STATUS,
    lastExecId: last.execId,
  };
  return { lines: timeline.lines(), truth };
}

/** curl's word for an HTTP error. */
const FAILED_STATUS = 22;
