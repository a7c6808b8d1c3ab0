import { nanos, parseTime } from '../event/time.ts';
import { createContainer, createPod, type ScenarioNode } from './cluster.ts';
import { createRandom, type Random } from './random.ts';
import { after } from './timeline.ts';
import { createProcess, eventText, processText, type ScenarioProcess } from './writer.ts';

export type TreeSpec = {
  readonly seed: number;
  /** Processes in the pod, its main included. */
  readonly processes: number;
  /** `chain`: each the child of the one before; `star`: all children of main; `mixed`: both, and more. */
  readonly shape: 'mixed' | 'chain' | 'star';
  /** The pod's name. `tree-<shape>` unless told. */
  readonly pod?: string;
};

export type TreeTruth = {
  readonly namespace: string;
  readonly pod: string;
  readonly mainExecId: string;
  /** Index in the order of the log of each process's parent; -1 for main. */
  readonly parents: Int32Array;
  /** Edges from main down to the deepest process. */
  readonly depth: number;
};

export type GeneratedTree = {
  /** One exec per process and an exit for four leaves of five, in order of time; made anew by each loop. */
  readonly lines: Iterable<string>;
  readonly truth: TreeTruth;
};

const COMMANDS: readonly (readonly [binary: string, verb: string])[] = [
  ['/usr/bin/cc1', '-quiet -O2 unit'],
  ['/usr/bin/make', '-j4 target'],
  ['/bin/sh', '/jobs/step.sh'],
  ['/usr/bin/git', 'fetch --depth'],
  ['/usr/bin/python3', '/jobs/run.py'],
];
const HUBS = 24;
const DEEPEST_MIXED = 60;

/** One pod of any number of processes, for drawing and layout tests. Parents are named, not embedded. */
export function generateTree(spec: TreeSpec): GeneratedTree {
  const random = createRandom(spec.seed);
  const began = parseTime('2026-05-11T06:00:00.731Z') ?? nanos(0n);
  const node: ScenarioNode = {
    name: 'worker-1',
    cluster: 'tree-lab',
    boot: after(began, -7200.25),
    ip: '172.18.0.3',
  };
  const podName = spec.pod ?? `tree-${spec.shape}`;
  const pod = createPod(
    node,
    {
      namespace: 'build',
      app: 'builder',
      workload: podName,
      workloadKind: 'Pod',
      ip: '10.244.1.8',
    },
    random,
  );
  const image = { image: 'registry.example/build/runner:5.1', digest: random.hex(64) };
  const container = createContainer(pod, { name: 'runner', ...image, start: began }, random);
  const systemd = createProcess({
    node,
    pid: 1,
    start: after(node.boot, 0.06),
    binary: '/usr/lib/systemd/systemd',
    flags: 'procFS auid rootcwd',
  });
  const shim = createProcess({
    node,
    pid: 4111,
    start: after(began, -1.2),
    binary: '/usr/local/bin/containerd-shim-runc-v2',
    parent: systemd,
  });
  const main = createProcess({
    node,
    pid: 5000,
    start: began,
    binary: '/usr/bin/build-agent',
    arguments: '--once',
    cwd: '/work',
    uid: 1000,
    parent: shim,
    container,
    insidePid: 1,
  });
  const { parents, depth } = growParents(spec, random);
  const argumentSeed = random.int(2 ** 31);
  const truth = { namespace: 'build', pod: pod.name, mainExecId: main.execId, parents, depth };
  return {
    lines: { [Symbol.iterator]: () => writeTree(parents, main, createRandom(argumentSeed)) },
    truth,
  };
}

/** Parents always come before their children. */
function growParents(spec: TreeSpec, random: Random): { parents: Int32Array; depth: number } {
  const parents = new Int32Array(spec.processes).fill(-1);
  const depths = new Int32Array(spec.processes);
  const hubs = new Int32Array(HUBS);
  let deepest = 0;
  for (let index = 1; index < spec.processes; index += 1) {
    const parent = chooseParent(spec.shape, index, hubs, depths, random);
    parents[index] = parent;
    const depth = (depths[parent] ?? 0) + 1;
    depths[index] = depth;
    deepest = Math.max(deepest, depth);
    if (random.chance(0.01)) hubs[random.int(HUBS)] = index;
  }
  return { parents, depth: deepest };
}

function chooseParent(
  shape: TreeSpec['shape'],
  index: number,
  hubs: Int32Array,
  depths: Int32Array,
  random: Random,
): number {
  if (shape === 'star') return 0;
  if (shape === 'chain') return index - 1;
  const dice = random.int(100);
  const hub = hubs[random.int(HUBS)] ?? 0;
  const recent = index - 1 - random.int(Math.min(index, 400));
  let chosen = recent;
  if (dice < 45) chosen = hub;
  else if (dice < 75) chosen = index - 1;
  return (depths[chosen] ?? 0) < DEEPEST_MIXED ? chosen : 0;
}

function* writeTree(
  parents: Int32Array,
  main: ScenarioProcess,
  random: Random,
): Generator<string, void, undefined> {
  const { node, container } = main;
  const isParent = new Uint8Array(parents.length);
  for (const parent of parents) if (parent >= 0) isParent[parent] = 1;
  const ids: string[] = [main.execId];
  const shim = main.parent;
  const host =
    shim?.parent === undefined
      ? ''
      : `,"parent":${processText(shim, 9)},"ancestors":[${processText(shim.parent, 60)}]`;
  yield eventText(node, main.start, 'process_exec', `{"process":${processText(main, 1)}${host}}`);
  let moment = main.start;
  for (let index = 1; index < parents.length; index += 1) {
    moment = nanos(moment + BigInt(random.between(2_000_000, 34_000_000)));
    const [binary, verb] = random.pick(COMMANDS);
    const process = createProcess({
      node,
      pid: main.pid + index,
      start: moment,
      binary,
      arguments: `${verb}${random.int(100_000)}`,
      cwd: main.cwd,
      uid: main.uid,
      parentExecId: ids[parents[index] ?? 0] ?? main.execId,
      container,
      insidePid: index + 1,
    });
    ids.push(process.execId);
    yield eventText(node, moment, 'process_exec', `{"process":${processText(process, 1)}}`);
    if (isParent[index] === 0 && random.chance(0.8)) {
      const at = nanos(moment + 1_400_000n);
      const status = random.chance(0.03) ? ',"status":1' : '';
      yield eventText(node, at, 'process_exit', `{"process":${processText(process, 0)}${status}}`);
    }
  }
}
