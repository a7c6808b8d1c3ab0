import type { Dialect } from '../../event/dialects.ts';
import { createRandom } from '../random.ts';
import { type Audited, tellAudit } from '../tellers/audit.ts';
import { tellFalco } from '../tellers/falco.ts';
import { tellHubble } from '../tellers/hubble.ts';
import { tellKubeArmor } from '../tellers/kubearmor.ts';
import { readLives } from '../tellers/lives.ts';
import { fileLines } from '../tellers/logged.ts';
import { tellZeek } from '../tellers/zeek.ts';
import { uuidOf } from '../uuid.ts';
import { runAttack } from './attack.ts';
import { type Cast, createCast, type Host, NAMESPACE, SERVICES } from './cast.ts';
import { type Agent, agents as allAgents, type Expected, expectedOf } from './expected.ts';
import { LOG_SECONDS, runRoutine, startShop } from './routine.ts';

export type IncidentSpec = {
  readonly seed: number;
  /** Whose files are wanted; all unless told. It changes neither the other files nor what is expected. */
  readonly agents?: readonly Agent[];
  /** How far the API server's clock is ahead of the nodes'; about -300 unless told, so that nothing precedes its call. */
  readonly apiServerAheadMs?: number;
};

export type IncidentFile = {
  /** Relative, with the folders in which the agents' files are collected. */
  readonly path: string;
  readonly dialect: Dialect;
  /** Lines, each with its newline. */
  readonly text: string;
};

export type Incident = {
  readonly files: readonly IncidentFile[];
  readonly expected: Expected;
};

/**
 * One incident in eight minutes of a shop on two nodes, told by six agents at once, each in its own way and with its own blind
 * spots. Stolen credentials open a shell in checkout; it fetches and runs an implant, becomes root, uses the pod's token, reads
 * the neighbour's data through its service, sends it out, and runs a command inside the neighbour.
 */
export function tellIncident(spec: IncidentSpec): Incident {
  const { seed, agents = allAgents } = spec;
  const cast = createCast(seed);
  const shop = startShop(cast);
  runRoutine(cast, shop);
  const attack = runAttack(cast, shop);

  const { happenings, calls } = cast;
  // Every agent has its own stream of numbers: what one tells does not depend on the others.
  const randomOf = (agent: Agent) => createRandom(seed * 31 + allAgents.indexOf(agent) + 1);
  const auditRandom = randomOf('audit');
  const usual = -auditRandom.between(285, 315);
  const ahead = spec.apiServerAheadMs ?? usual;
  const apiClock = BigInt(Math.round(ahead * 1e6));
  const audited = calls.map((call): Audited => ({ call, auditId: uuidOf(auditRandom) }));
  const lives = readLives(happenings, createRandom(seed * 31));
  const settings = { apiServerIp: SERVICES.api.ip, apiClock };
  const told = fileLines([
    ...tellFalco(happenings, calls, lives, randomOf('falco'), settings),
    ...tellKubeArmor(happenings, lives, randomOf('kubearmor')),
    ...tellHubble(happenings, SERVICES.api.ip, randomOf('hubble')),
    ...tellZeek(happenings, NAMESPACE, cast.at(LOG_SECONDS), randomOf('zeek')),
    ...tellAudit(audited, apiClock, auditRandom),
  ]);
  const files = [
    ...told.map(({ path, dialect, lines }) => fileOf(path, dialect, lines.map(textOf))),
    ...hostsOf(cast).map(({ node, timeline }) =>
      fileOf(`tetragon/${node.name}/tetragon.log`, 'tetragon', timeline.lines()),
    ),
  ];
  return {
    files: files.filter(({ dialect }) => agents.some((agent) => agent === dialect)),
    expected: expectedOf(cast, shop, attack, told, audited),
  };
}

function hostsOf({ hosts }: Cast): Host[] {
  return [hosts.first, hosts.second];
}

function textOf(line: { readonly text: string }): string {
  return line.text;
}

function fileOf(path: string, dialect: Dialect, lines: readonly string[]): IncidentFile {
  return { path, dialect, text: lines.map((line) => `${line}\n`).join('') };
}
