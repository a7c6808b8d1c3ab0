import type { Sighting } from '../../event/sighting.ts';
import { execIdOf, nodeIdOf, podIdOf, seenIdOf } from '../../event/spelledIds.ts';
import { floorDivide, nanos } from '../../event/time.ts';
import { Trait } from '../../event/traits.ts';
import { countOf } from '../read.ts';
import { ancestorsOf } from './ancestors.ts';
import { type Command, commandOf } from './commandLine.ts';
import { countField, type Fields, isTrue, pidField, textField } from './fields.ts';
import { lifeOf } from './life.ts';
import type { Moment } from './moment.ts';
import { containerOf, isOfHost, podOf } from './pod.ts';

/** The processes of one record. */
export interface Processes {
  readonly process?: Sighting;
  readonly parent?: Sighting;
  readonly ancestors: readonly Sighting[];
}

/** What a record proves of its process: that it began its image just now, that it ended, or only that it was there. */
export type Role = 'exec' | 'exit' | 'seen';

/** 4294967295, which Falco prints as -1: no login. */
const UNSET_ID = 4_294_967_295;
/** What of a command line tells apart two that have no pid. */
const MOST_LINE = 256;
const SECOND = 1_000_000_000n;
const DELETED = ' (deleted)';

/**
 * The process of a record with its parent and ancestors. Where the fields name no process, what stands for the pod, the
 * container or the node; nothing when they name none of these.
 */
export function processesOf(fields: Fields, role: Role, moment: Moment): Processes {
  const pid = pidField(fields, 'proc.pid');
  const command = commandOf({
    name: textField(fields, 'proc.name'),
    path: fileOf(fields),
    exe: textField(fields, 'proc.exe'),
    args: textField(fields, 'proc.args'),
    line: textField(fields, 'proc.cmdline') ?? textField(fields, 'proc.exeline'),
  });
  if (pid === undefined && command.binary === undefined) return placeOf(fields, moment);
  const process = sightingOf(fields, command, role, moment);
  const [parent, ...ancestors] = ancestorsOf(fields, process.id, moment);
  if (parent === undefined) return { process, ancestors };
  return { process: { ...process, parentId: parent.id }, parent, ancestors };
}

function sightingOf(fields: Fields, command: Command, role: Role, moment: Moment): Sighting {
  const { node, time, precision } = moment;
  const pid = pidField(fields, 'proc.pid');
  const life = lifeOf(fields, 'proc.pid.ts', 'proc.duration', moment);
  const pod = podOf(fields);
  const container = containerOf(fields, time, precision);
  const mark = pid === undefined ? namelessMark(fields, role, moment) : life.mark;
  const seen = { dialect: 'falco', node, pid, mark, time, binary: command.binary ?? '' } as const;
  const startTime = role === 'exec' ? time : life.startTime;
  return {
    rank: role === 'exec' ? 4 : 3,
    id: role === 'exec' ? execIdOf(seen) : seenIdOf(seen),
    ...(pid === undefined ? {} : { pid }),
    ...(startTime === undefined ? {} : { startTime }),
    ...command,
    ...ownerOf(fields),
    ...wordsOf(fields, command, role),
    traits: traitsOf(fields, command, role),
    ...(pod === undefined ? {} : { pod }),
    ...(container === undefined ? {} : { container }),
  };
}

/**
 * Instead of a mark, for a process without a pid: all that tells it from others of that second, and an exec from every other. A
 * record of a later second may be of another process, and nobody can know.
 */
function namelessMark(fields: Fields, role: Role, { time = nanos(0n) }: Moment): string {
  const when = role === 'exec' ? time : floorDivide(time, SECOND);
  const where =
    textField(fields, 'container.id') ??
    `${textField(fields, 'k8s.ns.name') ?? ''}/${textField(fields, 'k8s.pod.name') ?? ''}`;
  const line = textField(fields, 'proc.cmdline') ?? textField(fields, 'proc.name') ?? '';
  return `${when} ${where} ${line.slice(0, MOST_LINE)}`;
}

/** The file that runs; the kernel marks one that has no name any more. */
function fileOf(fields: Fields): string | undefined {
  const path = textField(fields, 'proc.exepath');
  return path?.endsWith(DELETED) === true ? path.slice(0, -DELETED.length) : path;
}

function ownerOf(fields: Fields): Pick<Sighting, 'uid' | 'auid' | 'user' | 'nsPid'> {
  const uid = countField(fields, 'user.uid');
  const login = fields['user.loginuid'];
  const auid = login === -1 || login === '-1' ? UNSET_ID : countOf(login);
  const user = textField(fields, 'user.name');
  const nsPid = pidField(fields, 'proc.vpid');
  return {
    ...(uid === undefined || uid === UNSET_ID ? {} : { uid }),
    ...(auid === undefined ? {} : { auid }),
    ...(user === undefined ? {} : { user }),
    ...(nsPid === undefined ? {} : { nsPid }),
  };
}

function wordsOf(
  fields: Fields,
  command: Command,
  role: Role,
): Pick<Sighting, 'cwd' | 'flags' | 'capabilities'> {
  const cwd = textField(fields, 'proc.cwd');
  const capabilities = textField(fields, 'thread.cap_effective');
  const flags = flagsOf(fields, command, role);
  return {
    ...(cwd === undefined ? {} : { cwd }),
    ...(flags === '' ? {} : { flags }),
    ...(capabilities === undefined ? {} : { capabilities }),
  };
}

const exeFlags: readonly (readonly [string, string])[] = [
  ['proc.is_exe_writable', 'EXE_WRITABLE'],
  ['proc.is_exe_upper_layer', 'EXE_UPPER_LAYER'],
  ['proc.is_exe_lower_layer', 'EXE_LOWER_LAYER'],
  ['proc.is_exe_from_memfd', 'EXE_FROM_MEMFD'],
];

/**
 * The file that runs where it is not the one that was called, the terminal, and what Falco says of the file that was executed, in
 * the words of its `evt.arg.flags`.
 */
function flagsOf(fields: Fields, command: Command, role: Role): string {
  const words = new Set<string>();
  const file = textField(fields, 'proc.exepath');
  if (file !== undefined && file !== command.binary) words.add(`exepath=${file}`);
  const tty = countField(fields, 'proc.tty');
  if (tty !== undefined && tty !== 0) words.add(`tty=${tty}`);
  const told = role === 'exec' ? (textField(fields, 'evt.arg.flags') ?? '') : '';
  for (const word of told.split('|').slice(0, 16)) if (word !== '') words.add(word);
  for (const [field, word] of exeFlags) if (isTrue(fields, field)) words.add(word);
  return [...words].join(' ');
}

function traitsOf(fields: Fields, command: Command, role: Role): number {
  let traits = traitOfRole[role];
  const flags = role === 'exec' ? textField(fields, 'evt.arg.flags') : undefined;
  const memory = flags?.split('|').includes('EXE_FROM_MEMFD') === true;
  const deleted = textField(fields, 'proc.exepath')?.endsWith(DELETED) === true;
  if (memory || deleted || isTrue(fields, 'proc.is_exe_from_memfd')) traits |= Trait.unlinkedBinary;
  if (probeFields.some((name) => isTrue(fields, name))) traits |= Trait.probe;
  if (command.arguments?.includes('*****') === true) traits |= Trait.redacted;
  if (isOfHost(fields)) traits |= Trait.onHost;
  return traits;
}

const traitOfRole: Record<Role, number> = {
  exec: Trait.execSeen,
  exit: Trait.exitSeen | Trait.ownEventSeen,
  seen: Trait.ownEventSeen,
};

const probeFields = [
  'proc.is_container_healthcheck',
  'proc.is_container_liveness_probe',
  'proc.is_container_readiness_probe',
];

/** What stands for a process where the record names none. */
function placeOf(fields: Fields, { node, time, precision }: Moment): Processes {
  const pod = podOf(fields);
  const container = containerOf(fields, time, precision);
  const id = placeId(pod, container, node);
  if (id === undefined) return { ancestors: [] };
  const process: Sighting = {
    rank: 1,
    id,
    traits: 0,
    ...(pod === undefined ? {} : { pod }),
    ...(container === undefined ? {} : { container }),
  };
  return { process, ancestors: [] };
}

function placeId(
  pod: Sighting['pod'],
  container: Sighting['container'],
  node: string,
): string | undefined {
  if (pod !== undefined) {
    return podIdOf('falco', pod.namespace, pod.name, container?.name ?? container?.id ?? '');
  }
  // Without a pod the container's id keeps two containers apart.
  if (container !== undefined) return podIdOf('falco', '', '', container.id);
  return node === '' ? undefined : nodeIdOf('falco', node);
}
