import type { ContainerSighting, PodSighting, Rank, Sighting } from '../../event/sighting.ts';
import { formatTime } from '../../event/time.ts';
import { Trait } from '../../event/traits.ts';
import { countOf, type JsonObject, listOf, objectOf, textOf, textsOf, timeOf } from '../read.ts';
import { type ExecIdNumbers, execIdNumbers } from './execId.ts';
import { flagTraits } from './flags.ts';
import { containerOf, podOf } from './pod.ts';

/** In what part a record speaks of a process; decides the rank and what an appearance proves. */
export type Role = 'exec' | 'exit' | 'own' | 'embedded';

const rankByRole: Record<Role, Rank> = { exec: 4, exit: 3, own: 3, embedded: 2 };
const UNSET_ID = 4294967295;
const LARGEST_KTIME = 2n ** 63n;

type MutableContent = { -readonly [Key in keyof Sighting as Exclude<Key, 'rank'>]: Sighting[Key] };

/** What a `Process` message says in itself, before its part in the record gives it a rank. */
export type ProcessContent = Omit<Sighting, 'rank'>;

/** The pod and container of a process, read apart because all processes of a container share them. */
export interface Placement {
  readonly pod: PodSighting | undefined;
  readonly container: ContainerSighting | undefined;
}

/** The pod and container of a `Pod` message. */
export function placementOf(rawPod: JsonObject | undefined): Placement {
  return { pod: podOf(rawPod), container: containerOf(objectOf(rawPod?.container)) };
}

/**
 * Reads a `Process` message. Undefined when it names no process (D36): neither an exec_id nor a pid with a start. `node`
 * is only for the id of a process that the agent had lost (formats.md 1.3, ProcessExit).
 */
export function processContentOf(
  raw: JsonObject,
  placement: Placement,
  node: string,
): ProcessContent | undefined {
  const startTime = timeOf(raw.start_time ?? raw.startTime);
  const execId = textOf(raw.exec_id ?? raw.execId);
  const parts = execId === undefined ? undefined : execIdNumbers(execId);
  // Field filters may have left only the id (D37); where both stand, the message's own word counts.
  const pid = countOf(raw.pid) ?? parts?.pid;
  let id = execId;
  if (id === undefined) {
    if (pid === undefined || pid === 0 || startTime === undefined) return undefined;
    id = `unattributed:${node}:${pid}:${formatTime(startTime)}`;
  }
  const content: MutableContent = { id, traits: 0 };
  const parentId = textOf(raw.parent_exec_id ?? raw.parentExecId);
  if (parentId !== undefined) content.parentId = parentId;
  if (pid !== undefined) content.pid = pid;
  if (startTime !== undefined) content.startTime = startTime;
  const ktime = ktimeOf(parts);
  if (ktime !== undefined) content.ktime = ktime;
  fillTexts(content, raw);
  content.traits = traitsOf(content, raw) | (parts?.pid === 0 ? Trait.kernel : 0);
  fillUsers(content, raw);
  fillContainer(content, raw, placement);
  return content;
}

/** A process's content in its part of the record. */
export function sightingIn(role: Role, content: ProcessContent): Sighting {
  return {
    ...content,
    rank: rankByRole[role],
    traits: content.traits | roleTraits(role, content.traits),
  };
}

function roleTraits(role: Role, traits: number): number {
  switch (role) {
    case 'exec':
      return (traits & Trait.procfs) === 0 ? Trait.execSeen : 0;
    case 'exit':
      return Trait.exitSeen | Trait.ownEventSeen;
    case 'own':
      return Trait.ownEventSeen;
    case 'embedded':
      return 0;
  }
}

/** All that an id alone says of a process: so that every parent named anywhere is a process of its own (D1). */
export function inferredSightingOf(id: string): Sighting {
  const parts = execIdNumbers(id);
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
function ktimeOf(parts: ExecIdNumbers | undefined): bigint | undefined {
  if (parts === undefined || parts.ktime === 0n || parts.ktime >= LARGEST_KTIME) return undefined;
  return parts.isOneNumber ? undefined : parts.ktime;
}

function fillTexts(content: MutableContent, raw: JsonObject): void {
  const cwd = textOf(raw.cwd);
  if (cwd !== undefined) content.cwd = cwd;
  const binary = textOf(raw.binary);
  if (binary !== undefined) content.binary = binary;
  const text = textOf(raw.arguments);
  // The agent's separator before a first argument that it quoted (formats.md 1.4).
  if (text !== undefined) content.arguments = text.startsWith(' "') ? text.slice(1) : text;
  const flags = textOf(raw.flags);
  if (flags !== undefined) content.flags = flags;
  const docker = textOf(raw.docker);
  if (docker !== undefined) content.docker = docker;
}

function fillUsers(content: MutableContent, raw: JsonObject): void {
  const uid = countOf(raw.uid);
  // For a process found in /proc this value is the agent's failure to read it (D22).
  const unread = uid === UNSET_ID && (content.traits & Trait.procfs) !== 0;
  if (uid !== undefined && !unread) content.uid = uid;
  const auid = countOf(raw.auid);
  if (auid !== undefined) content.auid = auid;
  const user = textOf(objectOf(raw.user)?.name);
  if (user !== undefined) content.user = user;
  const credentials = objectOf(raw.process_credentials ?? raw.processCredentials);
  const capabilities = objectOf(raw.cap) ?? objectOf(credentials?.caps);
  const effective = textsOf(capabilities?.effective);
  if (effective.length > 0) content.capabilities = effective.join(' ');
}

function fillContainer(content: MutableContent, raw: JsonObject, placement: Placement): void {
  if (placement.pod !== undefined) content.pod = placement.pod;
  if (placement.container !== undefined) content.container = placement.container;
  const rawContainer = objectOf(objectOf(raw.pod)?.container);
  if (rawContainer === undefined) return;
  const nsPid = countOf(rawContainer.pid);
  if (nsPid !== undefined && nsPid !== 0) content.nsPid = nsPid;
  if ((rawContainer.maybe_exec_probe ?? rawContainer.maybeExecProbe) === true) {
    content.traits |= Trait.probe;
  }
}

function traitsOf(content: ProcessContent, raw: JsonObject): number {
  let traits = content.flags === undefined ? 0 : flagTraits(content.flags);
  const inInitTree = raw.in_init_tree ?? raw.inInitTree;
  if (inInitTree === true) traits |= Trait.inInitTree;
  if (inInitTree === false) traits |= Trait.notInInitTree;
  if (isKernelThread(content, traits)) traits |= Trait.kernel;
  const text = content.arguments;
  if (text?.includes('*****') === true) traits |= Trait.redacted;
  if (text?.includes('<enomem>') === true) traits |= Trait.truncatedByAgent;
  const properties = objectOf(raw.binary_properties ?? raw.binaryProperties);
  if (properties !== undefined) traits |= binaryTraits(properties);
  const namespaces = objectOf(raw.ns);
  return namespaces === undefined ? traits : traits | namespaceTraits(namespaces);
}

/** `[kthreadd]`, from /proc and without arguments; a file of that name executed live is no kernel thread. */
function isKernelThread(content: ProcessContent, traits: number): boolean {
  const binary = content.binary ?? '';
  if (binary === '<kernel>') return true;
  const bracketed = binary.startsWith('[') && binary.endsWith(']');
  return bracketed && content.arguments === undefined && (traits & Trait.procfs) !== 0;
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
