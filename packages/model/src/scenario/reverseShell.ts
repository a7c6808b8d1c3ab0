import { createLab, SERVICES } from './lab.ts';
import { type Attack, runAttack } from './labAttack.ts';
import { runRoutine } from './labRoutine.ts';
import { startServices } from './labServices.ts';
import type { Scenario } from './scenario.ts';
import type { ScenarioProcess } from './writer.ts';

/** One answer to "which container, PID and binary called Elasticsearch". */
export type Caller = {
  readonly pod: string;
  readonly container: string;
  readonly binary: string;
  readonly pid: number;
  /** The truncated container id that agents print. */
  readonly docker: string;
  readonly execId: string;
  /** True of the attacker's processes, which appeared late and had no like before. */
  readonly lateAndNew: boolean;
};

export type Hop = {
  readonly from: { readonly pod: string; readonly execId: string; readonly ip: string };
  readonly to: { readonly pod: string; readonly execId: string; readonly ip: string };
  /** The port dialled and accepted on. */
  readonly port: number;
  /** The client's port, which both ends print. */
  readonly clientPort: number;
  /** Received by the client over this connection. */
  readonly bytes: number;
};

/** The answers an analyst must find in the log. */
export type ReverseShellTruth = {
  readonly cluster: string;
  readonly node: string;
  readonly namespace: string;
  readonly pod: string;
  readonly crawlerMainExecId: string;
  readonly crawlerNodeExecId: string;
  readonly lateShellExecId: string;
  /** Milliseconds between the crawler's main process and the shell. */
  readonly lateByMs: number;
  readonly interactiveShellExecId: string;
  readonly netcatExecId: string;
  readonly setuidExecId: string;
  readonly domain: string;
  readonly domainIp: string;
  readonly hop: Hop;
  readonly exfilExecId: string;
  readonly exfilPort: number;
  readonly exfilBytes: number;
  /** The late shell in Elasticsearch's container and its own call outside. */
  readonly neighbour: {
    readonly pod: string;
    readonly shellExecId: string;
    readonly curlExecId: string;
    readonly port: number;
  };
  readonly callersOfElasticsearch: readonly Caller[];
  readonly elasticsearch: { readonly ip: string; readonly podIp: string; readonly port: number };
  /** gunicorn's forked workers: late, not new. */
  readonly workerExecIds: readonly string[];
  readonly operatorShellExecId: string;
  readonly resumesContainers: number;
};

/**
 * The lab's story as one node's log: a crawler opens a reverse shell five minutes into its life,
 * reads Elasticsearch next door, sends the loot out, and runs a command inside the neighbour.
 */
export function generateReverseShell(seed: number): Scenario<ReverseShellTruth> {
  const lab = createLab(seed);
  const services = startServices(lab);
  const attack = runAttack(lab, services);
  const { operatorShell } = runRoutine(lab, services);
  const { crawler, elasticsearch, java } = services;
  const callers = [
    ...services.workers.map((worker) => callerOf(worker, false)),
    ...attack.searchers.map((curl) => callerOf(curl, true)),
  ];
  const truth: ReverseShellTruth = {
    cluster: lab.machine.node.cluster,
    node: lab.machine.node.name,
    namespace: crawler.pod.namespace,
    pod: crawler.pod.name,
    crawlerMainExecId: crawler.main.execId,
    crawlerNodeExecId: services.crawlerNode.execId,
    lateShellExecId: attack.shell.execId,
    lateByMs: Number(attack.shell.start - crawler.main.start) / 1e6,
    interactiveShellExecId: attack.interactiveShell.execId,
    netcatExecId: attack.netcat.execId,
    setuidExecId: attack.setuid.execId,
    domain: attack.domain,
    domainIp: attack.domainIp,
    hop: {
      from: { pod: crawler.pod.name, execId: attack.collector.execId, ip: crawler.pod.ip },
      to: { pod: elasticsearch.pod.name, execId: java.execId, ip: elasticsearch.pod.ip },
      port: SERVICES.elasticsearch.port,
      clientPort: attack.collectorPort,
      bytes: attack.collectedBytes,
    },
    exfilExecId: attack.exfiltrator.execId,
    exfilPort: 8443,
    exfilBytes: attack.exfilBytes,
    neighbour: neighbourOf(attack, elasticsearch.pod.name),
    callersOfElasticsearch: callers,
    elasticsearch: { ...SERVICES.elasticsearch, podIp: elasticsearch.pod.ip },
    workerExecIds: services.workers.map((worker) => worker.execId),
    operatorShellExecId: operatorShell.execId,
    resumesContainers: 5,
  };
  return { lines: lab.timeline.lines(), truth };
}

function neighbourOf(attack: Attack, pod: string): ReverseShellTruth['neighbour'] {
  return {
    pod,
    shellExecId: attack.neighbourShell.execId,
    curlExecId: attack.neighbourCurl.execId,
    port: 8080,
  };
}

function callerOf(process: ScenarioProcess, lateAndNew: boolean): Caller {
  const container = process.container;
  return {
    pod: container?.pod.name ?? '',
    container: container?.name ?? '',
    binary: process.binary,
    pid: process.pid,
    docker: container?.id.slice(0, 31) ?? '',
    execId: process.execId,
    lateAndNew,
  };
}
