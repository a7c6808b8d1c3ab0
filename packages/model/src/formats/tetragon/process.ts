import type { Rank, Sighting } from '../../event/sighting.ts';
import { formatTime } from '../../event/time.ts';
import { Trait } from '../../event/traits.ts';
import { countOf, type JsonObject, listOf, objectOf, textOf, textsOf, timeOf } from '../read.ts';
import { decodeExecId, type ExecIdParts } from './execId.ts';
import { flagTraits } from './flags.ts';
import { containerOf, podOf } from './pod.ts';

/** In what part a record speaks of a process; decides the rank and what an appearance proves. */
export type Role = 'exec' | 'exit' | 'own' | 'embedded';

const rankByRole: Record<Role, Rank> = { exec: 4, exit: 3, own: 3, embedded: 2 };
const UNSET_ID = 4294967295;
const LARGEST_KTIME = 2n ** 63n;

type MutableSighting = { -readonly [Key in keyof Sighting]: Sighting[Key] };

/**
 * A `Process` message as a sighting. Undefined when it names no process (D36): neither an exec_id nor a pid with a start.
 * `node` is only for the id of a process that the agent had lost (formats.md 1.3, ProcessExit).
 */
export function sightingOf(raw: JsonObject, role: Role, node: string): Sighting | undefined {
  const startTime = timeOf(raw.start_time ?? raw.startTime);
  const pid = countOf(raw.pid);
  const execId = textOf(raw.exec_id ?? raw.execId);
  const parts = execId === undefined ? undefined : decodeExecId(execId);
  let id = execId;
  if (id === undefined) {
    if (pid === undefined || pid === 0 || startTime === undefined) return undefined;
    id = `unattributed:${node}:${pid}:${formatTime(startTime)}`;
  }
  const sighting: MutableSighting = { rank: rankByRole[role], id, traits: 0 };
  const parentId = textOf(raw.parent_exec_id ?? raw.parentExecId);
  if (parentId !== undefined) sighting.parentId = parentId;
  if (pid !== undefined) sighting.pid = pid;
  if (startTime !== undefined) sighting.startTime = startTime;
  const ktime = ktimeOf(parts);
  if (ktime !== undefined) sighting.ktime = ktime;
  fillTexts(sighting, raw);
  sighting.traits = traitsOf(sighting, raw, role) | (parts?.pid === 0 ? Trait.kernel : 0);
  fillUsers(sighting, raw);
  fillContainer(sighting, raw);
  return sighting;
}

/** All that an id alone says of a process: so that every parent named anywhere is a process of its own (D1). */
export function inferredSightingOf(id: string): Sighting {
  const parts = decodeExecId(id);
  if (parts === undefined) return { rank: 1, id, traits: 0 };
  const ktime = ktimeOf(parts);
  return {
    rank: 1,
    id,
    traits: parts.pid === 0 ? Trait.kernel : 0,
    pid: parts.pid,
    ...(ktime === undefined ? {} : { ktime }),
  };
}

/** Nanoseconds since boot; none where it is 0, too large to be one, or Windows' pid:pid:pid. */
function ktimeOf(parts: ExecIdParts | undefined): bigint | undefined {
  if (parts === undefined || parts.ktime === 0n || parts.ktime >= LARGEST_KTIME) return undefined;
  const pid = String(parts.pid);
  return parts.node === pid && parts.ktime.toString() === pid ? undefined : parts.ktime;
}

function fillTexts(sighting: MutableSighting, raw: JsonObject): void {
  const cwd = textOf(raw.cwd);
  if (cwd !== undefined) sighting.cwd = cwd;
  const binary = textOf(raw.binary);
  if (binary !== undefined) sighting.binary = binary;
  const text = textOf(raw.arguments);
  // The agent's separator before a first argument that it quoted (formats.md 1.4).
  if (text !== undefined) sighting.arguments = text.startsWith(' "') ? text.slice(1) : text;
  const flags = textOf(raw.flags);
  if (flags !== undefined) sighting.flags = flags;
  const docker = textOf(raw.docker);
  if (docker !== undefined) sighting.docker = docker;
}

function fillUsers(sighting: MutableSighting, raw: JsonObject): void {
  const uid = countOf(raw.uid);
  // For a process found in /proc this value is the agent's failure to read it (D22).
  const unread = uid === UNSET_ID && (sighting.traits & Trait.procfs) !== 0;
  if (uid !== undefined && !unread) sighting.uid = uid;
  const auid = countOf(raw.auid);
  if (auid !== undefined) sighting.auid = auid;
  const user = textOf(objectOf(raw.user)?.name);
  if (user !== undefined) sighting.user = user;
  const credentials = objectOf(raw.process_credentials ?? raw.processCredentials);
  const capabilities = objectOf(raw.cap) ?? objectOf(credentials?.caps);
  const effective = textsOf(capabilities?.effective);
  if (effective.length > 0) sighting.capabilities = effective.join(' ');
}

function fillContainer(sighting: MutableSighting, raw: JsonObject): void {
  const rawPod = objectOf(raw.pod);
  const pod = podOf(rawPod);
  if (pod !== undefined) sighting.pod = pod;
  const rawContainer = objectOf(rawPod?.container);
  if (rawContainer === undefined) return;
  const container = containerOf(rawContainer);
  if (container !== undefined) sighting.container = container;
  const nsPid = countOf(rawContainer.pid);
  if (nsPid !== undefined && nsPid !== 0) sighting.nsPid = nsPid;
  if ((rawContainer.maybe_exec_probe ?? rawContainer.maybeExecProbe) === true) {
    sighting.traits |= Trait.probe;
  }
}

function traitsOf(sighting: Sighting, raw: JsonObject, role: Role): number {
  let traits = sighting.flags === undefined ? 0 : flagTraits(sighting.flags);
  if (role === 'exec' && (traits & Trait.procfs) === 0) traits |= Trait.execSeen;
  if (role === 'exit') traits |= Trait.exitSeen | Trait.ownEventSeen;
  if (role === 'own') traits |= Trait.ownEventSeen;
  const inInitTree = raw.in_init_tree ?? raw.inInitTree;
  if (inInitTree === true) traits |= Trait.inInitTree;
  if (inInitTree === false) traits |= Trait.notInInitTree;
  if (isKernelThread(sighting, traits)) traits |= Trait.kernel;
  const text = sighting.arguments;
  if (text?.includes('*****') === true) traits |= Trait.redacted;
  if (text?.includes('<enomem>') === true) traits |= Trait.truncatedByAgent;
  const properties = objectOf(raw.binary_properties ?? raw.binaryProperties);
  if (properties !== undefined) traits |= binaryTraits(properties);
  const namespaces = objectOf(raw.ns);
  return namespaces === undefined ? traits : traits | namespaceTraits(namespaces);
}

/** `[kthreadd]`, from /proc and without arguments; a file of that name executed live is no kernel thread. */
function isKernelThread(sighting: Sighting, traits: number): boolean {
  const binary = sighting.binary ?? '';
  if (binary === '<kernel>') return true;
  const bracketed = binary.startsWith('[') && binary.endsWith(']');
  return bracketed && sighting.arguments === undefined && (traits & Trait.procfs) !== 0;
}

function binaryTraits(properties: JsonObject): number {
  const changed = listOf(properties.privileges_changed ?? properties.privilegesChanged);
  const setuid = countOf(properties.setuid) ?? countOf(properties.setgid);
  let traits = changed.length > 0 || setuid !== undefined ? Trait.raisedPrivileges : 0;
  // The inode is reported and its link count is not: 0, protobuf's default.
  const inode = objectOf(objectOf(properties.file)?.inode);
  if (inode !== undefined && (countOf(inode.links) ?? 0) === 0) traits |= Trait.unlinkedBinary;
  return traits;
}

function namespaceTraits(namespaces: JsonObject): number {
  const mount = objectOf(namespaces.mnt);
  const pid = objectOf(namespaces.pid);
  if (isHost(mount) || isHost(pid)) return Trait.hostNamespaces;
  return mount !== undefined && pid !== undefined ? Trait.ownNamespaces : 0;
}

function isHost(namespace: JsonObject | undefined): boolean {
  return (namespace?.is_host ?? namespace?.isHost) === true;
}
