import { type Nanos, nanos } from '../event/time.ts';
import type { ScenarioContainer, ScenarioNode } from './cluster.ts';
import type { Outcome, Teller } from './happening.ts';
import type { Random } from './random.ts';
import { createProcess, type ProcessFields, type ScenarioProcess } from './writer.ts';

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
  /** The terminal's device number where one is attached; otherwise the parent's. */
  readonly tty?: number;
};

export type MachineSettings = {
  /** PIDs begin here at boot. */
  readonly firstPid: number;
  /**
   * Whether an entrypoint that keeps the PID of runc's init is PID 1 inside, as it should be; true unless told. The lab was
   * first written without, so that whoever enters such a container is PID 1 there; its logs are kept as they are.
   */
  readonly countsInPlace?: boolean;
};

/** A node's kernel: processes come and go, and every change is told. */
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
  /** Forks without executing: most agents do not tell it. */
  readonly fork: (process: ScenarioProcess, at: Nanos) => ScenarioProcess;
  readonly exit: (process: ScenarioProcess, at: Nanos, outcome?: Outcome) => void;
  /** Forks, and something prevents the child's exec; the child, which still has its parent's image. */
  readonly refuse: (
    parent: ScenarioProcess,
    at: Nanos,
    binary: string,
    argumentText: string,
  ) => ScenarioProcess;
  readonly tell: Teller;
};

export function createMachine(
  node: ScenarioNode,
  random: Random,
  tell: Teller,
  { firstPid, countsInPlace = true }: MachineSettings,
): Machine {
  const taken = new Map<number, number>();
  const inside = new Map<string, { readonly since: Nanos; readonly taken: Map<number, number> }>();

  // PIDs grow with time, in whatever order a scenario writes its processes.
  function takePid(at: Nanos): number {
    return takeFrom(taken, firstPid + Number((at - node.boot) / 61_000_000n));
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

  function execute(fields: ProcessFields): ScenarioProcess {
    const process = createProcess(fields);
    // Agents stamp the event just before they read the clock for start_time.
    const at = nanos(process.start - BigInt(random.between(900, 9000)));
    tell({ what: 'exec', seen: 'live', process, at });
    return process;
  }

  function branch(process: ScenarioProcess, at: Nanos): ScenarioProcess {
    return createProcess({
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
      tty: process.tty,
    });
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
      tty: spec.tty ?? parent?.tty ?? 0,
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
      tell({ what: 'exec', seen: 'procfs', process, at: seenAt });
      return process;
    },
    spawn: (parent, spec) => execute(fieldsOf(parent, spec)),
    replace: (process, spec) => {
      const enters = process.container === undefined;
      if (enters && countsInPlace) takeInsidePid(spec.container, spec.at);
      return execute({
        ...fieldsOf(process, { ...spec, pid: process.pid }),
        insidePid: enters ? 1 : process.insidePid,
        flags: 'execve',
      });
    },
    fork: (process, at) => {
      const child = branch(process, at);
      tell({ what: 'fork', process: child, at });
      return child;
    },
    refuse: (parent, at, binary, argumentText) => {
      const child = branch(parent, at);
      tell({ what: 'refused', process: child, at, binary, arguments: argumentText });
      return child;
    },
    exit: (process, at, outcome = {}) => tell({ what: 'exit', process, at, outcome }),
    tell,
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
