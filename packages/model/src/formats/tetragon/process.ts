import { dialectOf } from '../../event/dialects.ts';
import type { Placement, Words } from '../../event/knownProcesses.ts';
import type { Rank, Sighting } from '../../event/sighting.ts';
import { formatTime } from '../../event/time.ts';
import { Trait } from '../../event/traits.ts';
import { countOf, type JsonObject, listOf, objectOf, textOf, textsOf, timeOf } from '../read.ts';
import { type ExecIdNumbers, execIdNumbers } from './execId.ts';
import { flagTraits } from './flags.ts';
import { containerOf, podOf } from './pod.ts';

/** In what part a record speaks of a process; decides the rank and what an appearance proves. */
export type Role = 'exec' | 'exit' | 'own' | 'embedded';

/** How good the evidence of each part is. */
export const rankByRole: Record<Role, Rank> = { exec: 4, exit: 3, own: 3, embedded: 2 };
const UNSET_ID = 4294967295;
const LARGEST_KTIME = 2n ** 63n;

type MutableWords = { -readonly [Key in keyof Words]: Words[Key] };

/** The pod and container of a `Pod` message. */
export function placementOf(rawPod: JsonObject | undefined): Placement {
  return { pod: podOf(rawPod), container: containerOf(objectOf(rawPod?.container)) };
}

/**
 * Reads a `Process` message. Undefined when it names no process (D36): neither an exec_id nor a pid with a start. `node`
 * is only for the id of a process that the agent had lost (formats.md 1.3, ProcessExit).
 */
export function processWordsOf(
  raw: JsonObject,
  placement: Placement,
  node: string,
): Words | undefined {
  const startTime = timeOf(raw.start_time ?? raw.startTime);
  const execId = idOf(raw.exec_id ?? raw.execId);
  const parts = execId === undefined ? undefined : execIdNumbers(execId);
  // Field filters may have left only the id (D37); where both stand, the message's own word counts.
  const pid = countOf(raw.pid) ?? parts?.pid;
  let id = execId;
  if (id === undefined) {
    if (pid === undefined || pid === 0 || startTime === undefined) return undefined;
    id = `unattributed:${node}:${pid}:${formatTime(startTime)}`;
  }
  const words: MutableWords = { id, traits: 0 };
  const parentId = idOf(raw.parent_exec_id ?? raw.parentExecId);
  if (parentId !== undefined) words.parentId = parentId;
  if (pid !== undefined) words.pid = pid;
  if (startTime !== undefined) words.startTime = startTime;
  const ktime = ktimeOf(parts);
  if (ktime !== undefined) words.ktime = ktime;
  fillTexts(words, raw);
  words.traits = traitsOf(words, raw) | (parts?.pid === 0 ? Trait.kernel : 0);
  fillUsers(words, raw);
  fillContainer(words, raw, placement);
  return words;
}

/** An exec_id. One that begins as another dialect's ids do was made by no agent: it stays an id of this dialect. */
function idOf(value: unknown): string | undefined {
  const id = textOf(value);
  return id === undefined || dialectOf(id) === 'tetragon' ? id : `tetragon:${id}`;
}

/** A process's words in its part of the record. */
export function sightingIn(role: Role, words: Words): Sighting {
  return { ...words, rank: rankByRole[role], traits: traitsIn(role, words.traits) };
}

/** The traits of a process's words and what its part in the record proves. */
export function traitsIn(role: Role, traits: number): number {
  return traits | roleTraits(role, traits);
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

/**
 * All that an id alone says of a process: so that every parent named anywhere is a process of its own (D1). Every message with the id
 * says as much, unless it gives another pid: stores need not keep it beside one.
 */
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

function fillTexts(words: MutableWords, raw: JsonObject): void {
  const cwd = textOf(raw.cwd);
  if (cwd !== undefined) words.cwd = cwd;
  const binary = textOf(raw.binary);
  if (binary !== undefined) words.binary = binary;
  const text = textOf(raw.arguments);
  // The agent's separator before a first argument that it quoted (formats.md 1.4).
  if (text !== undefined) words.arguments = text.startsWith(' "') ? text.slice(1) : text;
  const flags = textOf(raw.flags);
  if (flags !== undefined) words.flags = flags;
  const docker = textOf(raw.docker);
  if (docker !== undefined) words.docker = docker;
}

function fillUsers(words: MutableWords, raw: JsonObject): void {
  const uid = countOf(raw.uid);
  // For a process found in /proc this value is the agent's failure to read it (D22).
  const unread = uid === UNSET_ID && (words.traits & Trait.procfs) !== 0;
  if (uid !== undefined && !unread) words.uid = uid;
  const auid = countOf(raw.auid);
  if (auid !== undefined) words.auid = auid;
  const user = textOf(objectOf(raw.user)?.name);
  if (user !== undefined) words.user = user;
  const credentials = objectOf(raw.process_credentials ?? raw.processCredentials);
  const capabilities = objectOf(raw.cap) ?? objectOf(credentials?.caps);
  const effective = textsOf(capabilities?.effective);
  if (effective.length > 0) words.capabilities = effective.join(' ');
}

function fillContainer(words: MutableWords, raw: JsonObject, placement: Placement): void {
  if (placement.pod !== undefined) words.pod = placement.pod;
  if (placement.container !== undefined) words.container = placement.container;
  const rawContainer = objectOf(objectOf(raw.pod)?.container);
  if (rawContainer === undefined) return;
  const nsPid = countOf(rawContainer.pid);
  if (nsPid !== undefined && nsPid !== 0) words.nsPid = nsPid;
  if ((rawContainer.maybe_exec_probe ?? rawContainer.maybeExecProbe) === true) {
    words.traits |= Trait.probe;
  }
}

function traitsOf(words: Words, raw: JsonObject): number {
  let traits = words.flags === undefined ? 0 : flagTraits(words.flags);
  const inInitTree = raw.in_init_tree ?? raw.inInitTree;
  if (inInitTree === true) traits |= Trait.inInitTree;
  if (inInitTree === false) traits |= Trait.notInInitTree;
  if (isKernelThread(words, traits)) traits |= Trait.kernel;
  const text = words.arguments;
  if (text?.includes('*****') === true) traits |= Trait.redacted;
  if (text?.includes('<enomem>') === true) traits |= Trait.truncatedByAgent;
  const properties = objectOf(raw.binary_properties ?? raw.binaryProperties);
  if (properties !== undefined) traits |= binaryTraits(properties);
  const namespaces = objectOf(raw.ns);
  return namespaces === undefined ? traits : traits | namespaceTraits(namespaces);
}

/** `[kthreadd]`, from /proc and without arguments; a file of that name executed live is no kernel thread. */
function isKernelThread(words: Words, traits: number): boolean {
  const binary = words.binary ?? '';
  if (binary === '<kernel>') return true;
  const bracketed = binary.startsWith('[') && binary.endsWith(']');
  return bracketed && words.arguments === undefined && (traits & Trait.procfs) !== 0;
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
