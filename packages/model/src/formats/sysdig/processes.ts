import type { Sighting } from '../../event/sighting.ts';
import { execIdOf, nodeIdOf, podIdOf, seenIdOf } from '../../event/spelledIds.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import { Trait } from '../../event/traits.ts';
import { countOf } from '../read.ts';
import type { Call } from './call.ts';
import { type Lineage, type Named, valueOf } from './info.ts';

/** Whose event a call is. */
export interface Family {
  readonly process: Sighting | undefined;
  readonly parent?: Sighting;
}

/** The uid of nobody logged in, which sysdig prints as -1. */
const UNSET_ID = 4_294_967_295;

/** The process of a call; `traits` says what it proves. Without a process its pod or node. */
export function callerOf(call: Call, node: string, traits: number = Trait.ownEventSeen): Family {
  const { pid, fields } = call;
  if (pid === undefined || pid < 0) return { process: placeOf(call, node) };
  const self = { pid, name: fields?.path || call.name };
  const parent = toldParent(call, node);
  const process: Sighting = {
    ...seen(self, call, node, fields?.mark),
    ...toldDetails(call),
    ...forkedAt(fields?.mark),
    rank: 3,
    traits: traits | kernelTrait(pid) | placeTrait(call),
    ...(parent === undefined ? {} : { parentId: parent.id }),
  };
  return { process, ...(parent === undefined ? {} : { parent }) };
}

/** The process that an exec made of a pid, with its parent. */
export function executedOf(call: Call, lineage: Lineage | undefined, node: string): Family {
  const { fields } = call;
  const name = lineage === undefined ? fields?.path || call.name : imageOf(call, lineage);
  const pid = lineage?.pid.pid ?? call.pid;
  const { time } = call;
  const isCut = lineage?.args.endsWith('...') === true;
  const mark = fields?.mark ?? '';
  const id = execIdOf({ dialect: 'sysdig', node, pid, mark, time, binary: name });
  const parent =
    lineage?.parent === undefined ? toldParent(call, node) : relative(lineage.parent, call, node);
  const process: Sighting = {
    ...placed(call),
    ...toldDetails(call),
    ...(lineage === undefined ? {} : detailsOf(lineage)),
    rank: 4,
    id,
    traits: Trait.execSeen | placeTrait(call) | (isCut ? Trait.truncatedByAgent : 0),
    ...(pid === undefined ? {} : { pid }),
    ...(name === '' ? {} : { binary: name }),
    ...(time === undefined ? {} : { startTime: time }),
    ...(parent === undefined ? {} : { parentId: parent.id }),
  };
  return { process, ...(parent === undefined ? {} : { parent }) };
}

/** A forked child and the process that forked it. */
export function forkedOf(
  call: Call,
  child: Named,
  forker: Named | undefined,
  node: string,
): Family {
  const parent = forker === undefined ? undefined : relative(forker, call, node);
  const { time } = call;
  const process: Sighting = {
    ...seen(child, call, node),
    rank: 3,
    traits: Trait.ownEventSeen,
    ...(time === undefined ? {} : { startTime: time }),
    ...(parent === undefined ? {} : { parentId: parent.id }),
  };
  return { process, ...(parent === undefined ? {} : { parent }) };
}

/** The path where the line has one, else the name: `exe` is what the caller called it, and may be longer than the kernel's name. */
function imageOf({ name }: Call, { exe, rest }: Lineage): string {
  const path = valueOf(rest, 'trusted_exepath') ?? valueOf(rest, 'exepath');
  if (path?.startsWith('/') === true) return path;
  if (exe.startsWith('/')) return exe;
  return name === '' ? exe : name;
}

function detailsOf({ args, rest }: Lineage) {
  const cwd = valueOf(rest, 'cwd', 'fdlimit');
  const uid = countOf(number(valueOf(rest, 'uid')));
  const auid = number(valueOf(rest, 'loginuid'));
  // The last dot ends the last argument; of a text that was cut it is none.
  const words = args.endsWith('.') && !args.endsWith('...') ? args.slice(0, -1) : args;
  return {
    ...(words === '' ? {} : { arguments: words }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid }),
    ...(auid === undefined ? {} : { auid: auid < 0 ? UNSET_ID : auid }),
  };
}

/** The number at the beginning of `1000(ubuntu)`. */
function number(text: string | undefined): number | undefined {
  const match = /^-?\d{1,10}/.exec(text ?? '');
  return match === null ? undefined : Number(match[0]);
}

/** What fields of its own say of a call's process. */
function toldDetails({ fields }: Call) {
  if (fields === undefined) return {};
  const { args, cwd, nsPid, uid, auid, user } = fields;
  return {
    ...(nsPid === undefined ? {} : { nsPid }),
    ...(args === '' ? {} : { arguments: args }),
    ...(cwd === '' ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid }),
    ...(auid === undefined ? {} : { auid }),
    ...(user === '' ? {} : { user }),
  };
}

function forkedAt(mark = ''): { readonly startTime?: Nanos } {
  return mark === '' ? {} : { startTime: nanos(BigInt(mark)) };
}

function toldParent(call: Call, node: string): Sighting | undefined {
  const parent = call.fields?.parent;
  if (parent === undefined) return undefined;
  return { ...relative(parent, call, node, parent.mark), ...forkedAt(parent.mark) };
}

function seen({ pid, name }: Named, call: Call, node: string, mark = '') {
  const { time } = call;
  return {
    ...placed(call),
    id: seenIdOf({ dialect: 'sysdig', node, pid, mark, time, binary: name }),
    pid,
    ...(name === '' ? {} : { binary: name }),
  };
}

/** A process that the line only names; it may be in another container. */
function relative({ pid, name }: Named, { time }: Call, node: string, mark = ''): Sighting {
  return {
    rank: name === '' ? 1 : 2,
    id: seenIdOf({ dialect: 'sysdig', node, pid, mark, time, binary: name }),
    traits: kernelTrait(pid),
    pid,
    ...(name === '' ? {} : { binary: name }),
  };
}

function placed({ pod, container }: Call) {
  return {
    ...(pod === undefined ? {} : { pod }),
    ...(container === undefined ? {} : { container }),
  };
}

function placeOf(call: Call, node: string): Sighting | undefined {
  const { pod, container } = call;
  if (pod !== undefined) {
    const id = podIdOf('sysdig', pod.namespace, pod.name, container?.name ?? '');
    return { rank: 1, id, traits: 0, ...placed(call) };
  }
  return node === '' ? undefined : { rank: 1, id: nodeIdOf('sysdig', node), traits: 0 };
}

function placeTrait({ isOfHost }: Call): number {
  return isOfHost ? Trait.onHost : 0;
}

function kernelTrait(pid: number): number {
  return pid === 0 ? Trait.kernel : 0;
}
