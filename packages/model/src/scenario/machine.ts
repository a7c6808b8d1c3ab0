import { formatTime, type Nanos, nanos } from '../event/time.ts';
import type { ScenarioContainer, ScenarioNode } from './cluster.ts';
import type { Random } from './random.ts';
import type { Timeline } from './timeline.ts';
import {
  createProcess,
  eventText,
  type ProcessFields,
  processText,
  type ScenarioProcess,
} from './writer.ts';

export type SpawnSpec = {
  readonly at: Nanos;
  readonly binary: string;
  readonly arguments?: string;
  readonly cwd?: string;
  readonly uid?: number;
  /** Set where a process enters a container; otherwise the parent's. */
  readonly container?: ScenarioContainer;
  /** Entered through `kubectl exec` or a probe: below runc, not below the container's PID 1. */
  readonly injected?: boolean;
  readonly probe?: boolean;
  readonly extra?: string;
  readonly pid?: number;
};

export type MachineOptions = {
  /** PIDs begin here at boot. */
  readonly firstPid: number;
  /** Whether exec events carry `ancestors`, which agents leave out by default. */
  readonly ancestors: boolean;
};

export type Outcome = { readonly status?: number; readonly signal?: string };

/** A node's kernel and the agent on it: processes come and go, and each change becomes a line. */
export type Machine = {
  readonly node: ScenarioNode;
  /** Lists a process that ran before the agent did (`procFS`). */
  readonly observe: (
    parent: ScenarioProcess | undefined,
    spec: SpawnSpec,
    seenAt: Nanos,
  ) => ScenarioProcess;
  /** Forks and executes. */
  readonly spawn: (parent: ScenarioProcess, spec: SpawnSpec) => ScenarioProcess;
  /** Executes in place: the same PID, whose previous image becomes the parent. */
  readonly replace: (process: ScenarioProcess, spec: SpawnSpec) => ScenarioProcess;
  /** Forks without executing: no event tells of it. */
  readonly fork: (process: ScenarioProcess, at: Nanos) => ScenarioProcess;
  readonly exit: (process: ScenarioProcess, at: Nanos, outcome?: Outcome) => void;
  /** Writes an event of a process; `body` is its JSON after `process` and `parent`. */
  readonly report: (process: ScenarioProcess, at: Nanos, kind: string, body: string) => void;
};

export function createMachine(
  node: ScenarioNode,
  random: Random,
  timeline: Timeline,
  options: MachineOptions,
): Machine {
  const taken = new Map<number, number>();
  const inside = new Map<string, { readonly since: Nanos; readonly taken: Map<number, number> }>();

  // PIDs grow with time, in whatever order a scenario writes its processes.
  function takePid(at: Nanos): number {
    return takeFrom(taken, options.firstPid + Number((at - node.boot) / 61_000_000n));
  }

  function takeInsidePid(container: ScenarioContainer | undefined, at: Nanos): number {
    if (container === undefined) return 0;
    const known = inside.get(container.id);
    if (known !== undefined) {
      return takeFrom(known.taken, 2 + Number((at - known.since) / 700_000_000n));
    }
    inside.set(container.id, { since: at, taken: new Map([[1, 2]]) });
    return 1;
  }

  const refcnt = (): number => (random.chance(0.01) ? 4294967282 : random.int(40));

  function withAncestors(process: ScenarioProcess): string {
    if (!options.ancestors) return '';
    const texts: string[] = [];
    let ancestor = process.parent?.parent;
    while (ancestor !== undefined) {
      texts.push(processText(ancestor, refcnt()));
      ancestor = ancestor.parent;
    }
    return texts.length === 0 ? '' : `,"ancestors":[${texts.join(',')}]`;
  }

  function report(process: ScenarioProcess, at: Nanos, kind: string, body: string): void {
    const parent = process.parent;
    const parentText = parent === undefined ? '' : `,"parent":${processText(parent, refcnt())}`;
    const text = `{"process":${processText(process, refcnt())}${parentText}${body}}`;
    timeline.add(at, eventText(node, at, kind, text));
  }

  function execute(fields: ProcessFields): ScenarioProcess {
    const process = createProcess(fields);
    // Agents stamp the event just before they read the clock for start_time.
    const at = nanos(process.start - BigInt(random.between(900, 9000)));
    report(process, at, 'process_exec', withAncestors(process));
    return process;
  }

  function fieldsOf(parent: ScenarioProcess | undefined, spec: SpawnSpec): ProcessFields {
    const container = spec.container ?? parent?.container;
    const start = nanos(spec.at + BigInt(random.int(150_000)));
    const entersContainer = parent?.container === undefined && container !== undefined;
    return {
      node,
      pid: spec.pid ?? takePid(start),
      start,
      binary: spec.binary,
      arguments: spec.arguments ?? '',
      cwd: spec.cwd ?? parent?.cwd ?? '/',
      uid: spec.uid ?? parent?.uid ?? 0,
      parent,
      container,
      insidePid: spec.pid === undefined ? takeInsidePid(container, start) : 1,
      inInitTree: entersContainer ? spec.injected !== true : (parent?.inInitTree ?? false),
      probe: spec.probe ?? false,
      extra: spec.extra ?? '',
    };
  }

  return {
    node,
    observe: (parent, spec, seenAt) => {
      // /proc counts in hundredths of a second since boot.
      const ktime = ((spec.at - node.boot) / 10_000_000n) * 10_000_000n;
      const start = nanos(node.boot + ktime);
      const process = createProcess({
        ...fieldsOf(parent, spec),
        start,
        flags: 'procFS auid rootcwd',
      });
      report(process, seenAt, 'process_exec', withAncestors(process));
      return process;
    },
    spawn: (parent, spec) => execute(fieldsOf(parent, spec)),
    replace: (process, spec) =>
      execute({
        ...fieldsOf(process, { ...spec, pid: process.pid }),
        insidePid: process.container === undefined ? 1 : process.insidePid,
        flags: 'execve',
      }),
    fork: (process, at) =>
      createProcess({
        node,
        pid: takePid(at),
        start: at,
        binary: process.binary,
        arguments: process.arguments,
        cwd: process.cwd,
        uid: process.uid,
        flags: 'execve',
        parent: process,
        container: process.container,
        insidePid: process.insidePid,
        inInitTree: process.inInitTree,
      }),
    exit: (process, at, outcome = {}) => {
      const signal = outcome.signal === undefined ? '' : `,"signal":"${outcome.signal}"`;
      const status = (outcome.status ?? 0) === 0 ? '' : `,"status":${outcome.status}`;
      report(process, at, 'process_exit', `${signal}${status},"time":"${formatTime(at)}"`);
    },
    report,
  };
}

/** The first free number at or after `wanted`. `next` leads from a taken number towards a free one. */
function takeFrom(next: Map<number, number>, wanted: number): number {
  let free = wanted;
  for (let step = next.get(free); step !== undefined; step = next.get(free)) free = step;
  // What was walked over leads straight on from now on, so that a burst stays cheap.
  let walked = wanted;
  while (walked !== free) {
    const step = next.get(walked) ?? free;
    next.set(walked, free + 1);
    walked = step;
  }
  next.set(free, free + 1);
  return free;
}
