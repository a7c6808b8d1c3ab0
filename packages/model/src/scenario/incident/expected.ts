import type { Severity } from '../../event/severity.ts';
import type { Nanos } from '../../event/time.ts';
import type { Endpoint, Happening, Talk } from '../happening.ts';
import type { Audited } from '../tellers/audit.ts';
import type { LogFile } from '../tellers/logged.ts';
import { isToldNameless } from '../tellers/tetragon.ts';
import type { ScenarioProcess } from '../writer.ts';
import type { Attack } from './attack.ts';
import type { Cast } from './cast.ts';
import type { Shop } from './routine.ts';

export const agents = ['tetragon', 'falco', 'kubearmor', 'hubble', 'zeek', 'audit'] as const;
export type Agent = (typeof agents)[number];

/** A line of a file; the first is 1. */
export type Place = { readonly path: string; readonly line: number };

/** A process that Tetragon alone shows, so that all agents together must show it, and no other. */
export type ExpectedProcess = {
  readonly execId: string;
  readonly parentExecId: string;
  readonly node: string;
  readonly pid: number;
  readonly binary: string;
  readonly arguments: string;
  readonly uid: number;
  readonly start: Nanos;
  /** Empty on the host. */
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly kind: 'exec' | 'fork' | 'procfs';
};

/** A record that reports the exec of one of these processes. */
export type ExpectedPair = Place & { readonly agent: Agent; readonly execId: string };

export type ExpectedAlert = Place & {
  readonly agent: Agent;
  readonly rule: string;
  readonly severity: Severity;
  readonly namespace: string;
  readonly pod: string;
  /** Undefined: it names a pod only, or a process that Tetragon does not know. */
  readonly execId: string | undefined;
  readonly blocked: boolean;
};

export type ExpectedConnection = {
  readonly execId: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly client: Endpoint;
  readonly dialled: Endpoint;
  /** Who answered, inside the cluster. */
  readonly server: { readonly execId: string; readonly at: Endpoint } | undefined;
  readonly verdict: 'FORWARDED' | 'DROPPED';
  /** What Hubble and Zeek know the dialled address by; Tetragon parses no names here. Empty: nobody looked it up. */
  readonly name: string;
  readonly sent: number;
  readonly received: number;
};

export type ExpectedAuthor = {
  readonly execId: string;
  readonly auditId: string;
  readonly user: string;
  /** Empty: nobody. */
  readonly impersonating: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly command: readonly string[];
};

/** A prevented exec: Tetragon sees nothing of it, KubeArmor tells the forked child. */
export type ExpectedRefusal = {
  readonly agent: Agent;
  readonly node: string;
  readonly pid: number;
  readonly binary: string;
  readonly arguments: string;
  readonly parentExecId: string;
  readonly namespace: string;
  readonly pod: string;
};

/** Everything that a correct product shows of the incident, in plain data. */
export type Expected = {
  readonly cluster: string;
  readonly namespace: string;
  readonly processes: readonly ExpectedProcess[];
  readonly pairs: readonly ExpectedPair[];
  readonly alerts: readonly ExpectedAlert[];
  readonly connections: readonly ExpectedConnection[];
  readonly authors: readonly ExpectedAuthor[];
  readonly refused: ExpectedRefusal;
  /** exec_ids by their part in the story. */
  readonly parts: ReturnType<typeof partsOf>;
  readonly domain: string;
  readonly domainIp: string;
  readonly exfilBytes: number;
  /** The client's port of the connection that carried the neighbour's data. */
  readonly collectorPort: number;
};

export function expectedOf(
  cast: Cast,
  shop: Shop,
  attack: Attack,
  files: readonly LogFile[],
  audited: readonly Audited[],
): Expected {
  const { refused, domain, domainIp, exfilBytes, collectorPort } = attack;
  const refusal = cast.happenings.find(({ what }) => what === 'refused');
  return {
    cluster: shop.checkout.pod.node.cluster,
    namespace: shop.checkout.pod.namespace,
    processes: processesOf(cast.happenings),
    ...saidOf(files),
    connections: connectionsOf(cast.happenings),
    authors: [authorOf(attack.shell, audited, attack), authorOf(attack.listing, audited, attack)],
    refused: {
      agent: 'kubearmor',
      node: refused.node.name,
      pid: refused.pid,
      binary: refusal?.what === 'refused' ? refusal.binary : '',
      arguments: refusal?.what === 'refused' ? refusal.arguments : '',
      parentExecId: refused.parentExecId,
      namespace: shop.checkout.pod.namespace,
      pod: shop.checkout.pod.name,
    },
    parts: partsOf(shop, attack),
    domain,
    domainIp,
    exfilBytes,
    collectorPort,
  };
}

function processesOf(happenings: readonly Happening[]): ExpectedProcess[] {
  const kinds = new Map<ScenarioProcess, ExpectedProcess['kind']>();
  const shown = new Set<ScenarioProcess>();
  for (const happening of happenings) {
    const { process, what } = happening;
    if (what === 'exec') kinds.set(process, happening.seen === 'live' ? 'exec' : 'procfs');
    if (!isToldNameless(happening)) continue;
    shown.add(process);
    if (process.parent !== undefined) shown.add(process.parent);
  }
  return [...shown].map((process) => {
    const { execId, parentExecId, pid, binary, uid, start, container } = process;
    return {
      execId,
      parentExecId,
      node: process.node.name,
      pid,
      binary,
      arguments: process.arguments,
      uid,
      start,
      namespace: container?.pod.namespace ?? '',
      pod: container?.pod.name ?? '',
      container: container?.name ?? '',
      kind: kinds.get(process) ?? 'fork',
    };
  });
}

/** What the lines of the files are about. */
function saidOf(files: readonly LogFile[]): Pick<Expected, 'pairs' | 'alerts'> {
  const pairs: ExpectedPair[] = [];
  const alerts: ExpectedAlert[] = [];
  for (const { path, lines } of files) {
    for (const [index, { about, dialect }] of lines.entries()) {
      const agent = agents.find((name) => name === dialect);
      if (agent === undefined) continue;
      const place = { path, line: index + 1, agent };
      for (const said of about) {
        if (said.what === 'exec') {
          pairs.push({ ...place, execId: said.process.execId });
          continue;
        }
        const { rule, severity, pod, blocked, process } = said;
        const where = { namespace: pod.namespace, pod: pod.name };
        alerts.push({ ...place, rule, severity, ...where, execId: process?.execId, blocked });
      }
    }
  }
  return { pairs, alerts };
}

function connectionsOf(happenings: readonly Happening[]): ExpectedConnection[] {
  const talks: { readonly talk: Talk; readonly at: Nanos }[] = [];
  for (const happening of happenings) {
    if (happening.what === 'talk') talks.push({ talk: happening.talk, at: happening.at });
  }
  return talks.map(({ talk, at }) => {
    const { client, server, sent, received, protocol } = talk;
    const podOf = (one: Talk): string | undefined => one.client.container?.pod.uid;
    const known = talks
      .filter((other) => podOf(other.talk) === podOf(talk))
      .flatMap((other) => other.talk.lookups)
      .filter((lookup) => lookup.ips.includes(talk.to.ip) && lookup.answeredAt < at);
    return {
      execId: client.execId,
      protocol,
      client: talk.from,
      dialled: talk.to,
      server: server === undefined ? undefined : { execId: server.process.execId, at: server.at },
      verdict: talk.denied ? 'DROPPED' : 'FORWARDED',
      name: talk.serverName ?? known.at(-1)?.name ?? '',
      sent,
      received,
    };
  });
}

function authorOf(
  process: ScenarioProcess,
  audited: readonly Audited[],
  { shell, shellCall, listingCall }: Attack,
): ExpectedAuthor {
  const call = process === shell ? shellCall : listingCall;
  return {
    execId: process.execId,
    auditId: audited.find((one) => one.call === call)?.auditId ?? '',
    user: call.user.username,
    impersonating: call.impersonated?.username ?? '',
    sourceIp: call.sourceIps[0] ?? '',
    userAgent: call.userAgent,
    command: call.session?.command ?? [],
  };
}

function partsOf(shop: Shop, attack: Attack) {
  return {
    /** The entrypoint's two images, which share a PID with runc's init. */
    entrypoint: shop.checkout.main.execId,
    entrypointInPlace: shop.checkoutNode.execId,
    master: shop.quotes.main.execId,
    workers: shop.workers.map((worker) => worker.execId),
    java: shop.java.execId,
    shell: attack.shell.execId,
    listing: attack.listing.execId,
    tokenReader: attack.tokenReader.execId,
    stage: attack.stage.execId,
    implant: attack.implant.execId,
    setuid: attack.setuid.execId,
    shadowReader: attack.shadowReader.execId,
    collector: attack.collector.execId,
    exfiltrator: attack.exfiltrator.execId,
    neighbourShell: attack.neighbourShell.execId,
    neighbourCurl: attack.neighbourCurl.execId,
  };
}
