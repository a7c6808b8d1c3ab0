import type { Nanos } from '../event/time.ts';
import type { ScenarioContainer } from './cluster.ts';
import type { Machine, SpawnSpec } from './machine.ts';
import type { Random } from './random.ts';
import { after } from './timeline.ts';
import type { ScenarioProcess } from './writer.ts';

const TASKS = '/run/containerd/io.containerd.runtime.v2.task/k8s.io';
const RUNC = '/usr/local/sbin/runc';
const SHIM = '/usr/local/bin/containerd-shim-runc-v2';

export type EntrySpec = Omit<SpawnSpec, 'at' | 'container' | 'injected'>;

/** The container runtime of a node: what happens on the host when containers start and are entered. */
export type Runtime = {
  readonly systemd: ScenarioProcess;
  /** The shim below which every container of a pod runs. */
  readonly startShim: (at: Nanos) => ScenarioProcess;
  /** A shim that ran before the agent did. */
  readonly observeShim: (startedAt: Nanos, seenAt: Nanos) => ScenarioProcess;
  /**
   * Runs `runc create` and the entrypoint, 40 ms later. With `inPlace` the entrypoint keeps the PID
   * of runc's init, a host process; else it is a child of the shim.
   */
  readonly start: (
    shim: ScenarioProcess,
    container: ScenarioContainer,
    at: Nanos,
    entry: EntrySpec,
    inPlace?: boolean,
  ) => ScenarioProcess;
  /** Enters a running container as `kubectl exec` and probes do: a child of `runc exec`. */
  readonly enter: (
    shim: ScenarioProcess,
    container: ScenarioContainer,
    at: Nanos,
    entry: EntrySpec,
  ) => ScenarioProcess;
};

/** Starts with the burst of `procFS` events that an agent writes at `agentStart`. */
export function createRuntime(machine: Machine, random: Random, agentStart: Nanos): Runtime {
  const boot = machine.node.boot;
  const systemd = machine.observe(
    undefined,
    { at: after(boot, 0.06), binary: '/usr/lib/systemd/systemd', pid: 1 },
    agentStart,
  );
  machine.observe(
    systemd,
    { at: after(boot, 3.19), binary: '/usr/local/bin/containerd' },
    agentStart,
  );
  machine.observe(
    systemd,
    {
      at: after(boot, 9.84),
      binary: '/usr/bin/kubelet',
      arguments: `--config=/var/lib/kubelet/config.yaml --node-ip=${machine.node.ip}`,
    },
    agentStart,
  );

  function shimSpec(at: Nanos): SpawnSpec {
    const sandbox = random.hex(64);
    return {
      at,
      binary: SHIM,
      arguments: `-namespace k8s.io -id ${sandbox} -address /run/containerd/containerd.sock`,
      cwd: `${TASKS}/${sandbox}`,
    };
  }

  function runcSpec(at: Nanos, container: ScenarioContainer, verb: string): SpawnSpec {
    const log = `${TASKS}/${container.id}/log.json`;
    return {
      at,
      binary: RUNC,
      arguments: `--root /run/containerd/runc/k8s.io --log ${log} --log-format json --systemd-cgroup ${verb} ${container.id}`,
      uid: 0,
    };
  }

  return {
    systemd,
    startShim: (at) => machine.spawn(systemd, shimSpec(at)),
    observeShim: (startedAt, seenAt) => machine.observe(systemd, shimSpec(startedAt), seenAt),
    start: (shim, container, at, entry, inPlace = false) => {
      const bundle = `create --bundle ${TASKS}/${container.id} --pid-file ${TASKS}/${container.id}/init.pid`;
      const runc = machine.spawn(shim, runcSpec(at, container, bundle));
      const init = machine.spawn(runc, {
        at: after(at, 0.011),
        binary: '/proc/self/exe',
        arguments: 'init',
      });
      const entryAt = after(at, 0.04);
      const main = inPlace
        ? machine.replace(init, { ...entry, at: entryAt, container })
        : machine.spawn(shim, { ...entry, at: entryAt, container });
      if (!inPlace) machine.exit(init, after(at, 0.035));
      machine.exit(runc, after(at, 0.052));
      return main;
    },
    enter: (shim, container, at, entry) => {
      const verb = `exec --process /tmp/runc-process${random.between(1e8, 9e8)} --detach`;
      const runc = machine.spawn(shim, runcSpec(at, container, verb));
      const entered = machine.spawn(runc, {
        ...entry,
        at: after(at, 0.021),
        container,
        injected: true,
      });
      machine.exit(runc, after(at, 0.033));
      return entered;
    },
  };
}
