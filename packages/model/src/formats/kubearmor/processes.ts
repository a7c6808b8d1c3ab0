import type { Rank, Sighting } from '../../event/sighting.ts';
import { execIdOf, namedIdOf, nodeIdOf, podIdOf, seenIdOf } from '../../event/spelledIds.ts';
import { Trait } from '../../event/traits.ts';
import { isOfHost, type Place } from './place.ts';
import type { KubeArmorRecord } from './record.ts';

/** The process of a record and the parent it names. */
export interface Family {
  readonly process: Sighting;
  readonly parent?: Sighting;
}

/** What a record says of the process beyond where and who. */
interface Image {
  readonly id: string;
  readonly rank: Rank;
  readonly binary: string;
  readonly args: string;
  readonly traits: number;
  readonly startsNow: boolean;
}

/** The process of an exec that the record reports; undefined when it names no pid. */
export function executedOf(
  record: KubeArmorRecord,
  place: Place,
  ran: boolean,
): Family | undefined {
  const pid = hostPidOf(record);
  if (pid === undefined) return undefined;
  const binary = executableOf(record);
  const { node, time } = place;
  const unlinked = binary.startsWith('memfd:') ? Trait.unlinkedBinary : 0;
  return familyOf(record, place, pid, {
    id: execIdOf({ dialect: 'kubearmor', node, pid, mark: '', time, binary }),
    rank: 4,
    binary,
    args: executedArguments(record, binary),
    traits: Trait.execSeen | unlinked | (ran ? 0 : Trait.blocked),
    startsNow: true,
  });
}

/** The process that did something else; undefined when the record names no pid. */
export function actorOf(record: KubeArmorRecord, place: Place): Family | undefined {
  const pid = hostPidOf(record);
  if (pid === undefined) return undefined;
  const binary = record.processName || firstWord(record.source);
  const { node, time } = place;
  return familyOf(record, place, pid, {
    id: seenIdOf({ dialect: 'kubearmor', node, pid, mark: '', time, binary }),
    rank: 3,
    binary,
    args: withoutBinary(record.source, record.processName),
    traits: Trait.ownEventSeen,
    startsNow: false,
  });
}

/** The process that tried to exec in vain: it goes on with an image that the record does not name. */
export function failedOf(record: KubeArmorRecord, place: Place): Family | undefined {
  const pid = hostPidOf(record);
  if (pid === undefined) return undefined;
  const { node, time } = place;
  return familyOf(record, place, pid, {
    id: seenIdOf({ dialect: 'kubearmor', node, pid, mark: '', time, binary: '' }),
    rank: 3,
    binary: '',
    args: '',
    traits: Trait.ownEventSeen,
    startsNow: false,
  });
}

/** Where no process is known: the pod, else the node; undefined when the record names neither. */
export function placeholderOf(place: Place): Sighting | undefined {
  const { pod, container, node } = place;
  if (pod !== undefined) {
    const id = podIdOf('kubearmor', pod.namespace, pod.name, container?.name ?? '');
    return { rank: 1, id, traits: 0, pod, ...(container === undefined ? {} : { container }) };
  }
  return node === '' ? undefined : { rank: 1, id: nodeIdOf('kubearmor', node), traits: 0 };
}

/** The binary of an exec. A fileless one is named by the preset that caught it as the resource alone. */
function executableOf({ processName, resource, enforcer }: KubeArmorRecord): string {
  if (resource.startsWith('memfd:') || /^PRESET-fileless/i.test(enforcer)) {
    return resource || processName;
  }
  return processName || firstWord(resource);
}

/** `Resource` is the whole command line. Where the agent was told to leave it out, `argv` may be there, with the binary or without. */
function executedArguments({ resource, argv }: KubeArmorRecord, binary: string): string {
  if (resource !== '') return withoutBinary(resource, binary);
  return argv === binary || argv.startsWith(`${binary} `) ? withoutBinary(argv, binary) : argv;
}

function familyOf(record: KubeArmorRecord, place: Place, pid: number, image: Image): Family {
  const parent = parentOf(record, place, image.id);
  const { pod, container, time } = place;
  const { uid, userName } = record;
  const cwd = withoutLastSlash(record.cwd);
  const flags = flagsOf(record);
  const process: Sighting = {
    rank: image.rank,
    id: image.id,
    ...(parent === undefined ? {} : { parentId: parent.id }),
    pid,
    ...(record.pid === undefined || isOfHost(record) ? {} : { nsPid: record.pid }),
    ...(uid === undefined ? {} : { uid }),
    ...(userName === '' ? {} : { user: userName }),
    ...(cwd === '' ? {} : { cwd }),
    ...(image.binary === '' ? {} : { binary: image.binary }),
    ...(image.args === '' ? {} : { arguments: image.args }),
    ...(flags === '' ? {} : { flags }),
    ...(image.startsNow && time !== undefined ? { startTime: time } : {}),
    traits: image.traits | placeTrait(record),
    ...(pod === undefined ? {} : { pod }),
    ...(container === undefined ? {} : { container }),
  };
  return parent === undefined ? { process } : { process, parent };
}

function placeTrait(record: KubeArmorRecord): number {
  if (isOfHost(record)) return Trait.onHost;
  return record.execId === '' ? 0 : Trait.execIntoContainer;
}

/** The parent by its host pid, else by name. Its pod is unknown: a container's first process has the runtime above it. */
function parentOf(record: KubeArmorRecord, place: Place, child: string): Sighting | undefined {
  const binary = parentNameOf(record);
  const pid = hostPpidOf(record);
  if (pid === undefined) {
    if (binary === '') return undefined;
    return { rank: 1, id: namedIdOf(child, 1), traits: 0, binary };
  }
  const { node, time } = place;
  return {
    rank: binary === '' ? 1 : 2,
    id: seenIdOf({ dialect: 'kubearmor', node, pid, mark: '', time, binary }),
    traits: 0,
    pid,
    ...(binary === '' ? {} : { binary }),
  };
}

/** Of an exec, `Source` is the parent's path; of anything else the process' own command line. */
function parentNameOf({ parentName, operation, call, source }: KubeArmorRecord): string {
  if (parentName !== '' || operation !== 'Process' || call === 'ptrace') return parentName;
  return firstWord(source);
}

function hostPidOf(record: KubeArmorRecord): number | undefined {
  return record.hostPid ?? (isOfHost(record) ? record.pid : undefined);
}

/**
 * The parent's pid on the host. Early agents leave it out for host events, where `PPID` is the same. In a container `PPID` is
 * of another pid namespace, or a copy of this one: never read.
 */
function hostPpidOf(record: KubeArmorRecord): number | undefined {
  if (record.hostPpid !== undefined || !isOfHost(record)) return record.hostPpid;
  return record.pid === undefined || record.pid === hostPidOf(record) ? record.ppid : undefined;
}

/** Words for display; the first one is what tells processes of one exec into the container. */
function flagsOf({ execId, tty }: KubeArmorRecord): string {
  const words = [
    ...(execId === '' ? [] : [`execEvent:${execId}`]),
    ...(/^[\w/.-]{1,64}$/.test(tty) ? [`tty:${tty}`] : []),
  ];
  return words.join(' ');
}

function firstWord(text: string): string {
  const space = text.indexOf(' ');
  return space < 0 ? text : text.slice(0, space);
}

/** A command line without its binary, which may have spaces in its path; empty when nothing follows. */
function withoutBinary(commandLine: string, binary: string): string {
  if (binary !== '' && commandLine.startsWith(`${binary} `)) {
    return commandLine.slice(binary.length + 1);
  }
  if (commandLine === binary) return '';
  const space = commandLine.indexOf(' ');
  return space < 0 ? '' : commandLine.slice(space + 1);
}

/** The agent puts a slash behind every working directory. */
function withoutLastSlash(cwd: string): string {
  return cwd.length > 1 && cwd.endsWith('/') ? cwd.slice(0, -1) : cwd;
}
