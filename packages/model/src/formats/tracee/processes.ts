import type { Rank, Sighting } from '../../event/sighting.ts';
import { execIdOf, nodeIdOf, podIdOf, seenIdOf } from '../../event/spelledIds.ts';
import type { Nanos } from '../../event/time.ts';
import { Trait } from '../../event/traits.ts';
import { joinedArguments } from '../logText.ts';
import { listOf } from '../read.ts';
import { textArgument } from './arguments.ts';
import type { NamedProcess, TraceeRecord } from './record.ts';

/** Whose event a record is, each linked to the next. */
export interface Family {
  readonly process: Sighting | undefined;
  readonly parent?: Sighting;
  readonly ancestors: readonly Sighting[];
}

/** The process that does something, its parent and those above it; without a process its pod or node. */
export function actingFamily(record: TraceeRecord): Family {
  return familyOf(record, 'acting');
}

/** The same when it has just become another image. */
export function executedFamily(record: TraceeRecord): Family {
  return familyOf(record, 'executed');
}

/** The same when it ends. */
export function endedFamily(record: TraceeRecord): Family {
  return familyOf(record, 'ended');
}

/** A child that has just been forked, above it the process that did it. */
export function forkedFamily(record: TraceeRecord, child: NamedProcess): Family {
  const line = lineOf(record, [record.self, ...record.above]);
  const [parent, ...ancestors] = line;
  const process: Sighting = {
    ...wordsOf(child, record),
    rank: 3,
    id: seenIdOf({ dialect: 'tracee', ...lifeOf(child, record) }),
    traits: Trait.ownEventSeen,
    ...(parent === undefined ? {} : { parentId: parent.id }),
  };
  return { process, ...(parent === undefined ? {} : { parent }), ancestors };
}

type Part = 'acting' | 'executed' | 'ended';

const traitsByPart: Record<Part, number> = {
  acting: Trait.ownEventSeen,
  executed: Trait.execSeen,
  ended: Trait.exitSeen | Trait.ownEventSeen,
};

function familyOf(record: TraceeRecord, part: Part): Family {
  const { self } = record;
  const [parent, ...ancestors] = lineOf(record, record.above);
  if (!isProcess(self)) return { process: placeSighting(record), ancestors: [] };
  const isExec = part === 'executed';
  const named = isExec ? { ...self, binary: imageOf(record) } : self;
  const life = { dialect: 'tracee', ...lifeOf(named, record) } as const;
  const process: Sighting = {
    ...wordsOf(named, record),
    ...(isExec ? executedWords(record) : {}),
    rank: isExec ? 4 : 3,
    id: isExec ? execIdOf(life) : seenIdOf(life),
    traits: traitsByPart[part],
    ...(parent === undefined ? {} : { parentId: parent.id }),
  };
  return { process, ...(parent === undefined ? {} : { parent }), ancestors };
}

/** Pid 0 is the kernel's, and the agent's own events have it. */
function isProcess({ pid, isEntity }: NamedProcess): boolean {
  return isEntity || (pid !== undefined && pid !== 0);
}

/** The file that was run, as the kernel resolved it. */
function imageOf({ args, self }: TraceeRecord): string {
  return textArgument(args, 'pathname', 'cmdpath') ?? self.binary;
}

function executedWords({ args, time }: TraceeRecord) {
  const words = joinedArguments(listOf(args.get('argv')).slice(1));
  const cwd = textArgument(args, 'pwd');
  return {
    ...(time === undefined ? {} : { startTime: time }),
    ...(words === undefined ? {} : { arguments: words }),
    ...(cwd === undefined ? {} : { cwd }),
  };
}

function lifeOf({ pid, mark, isEntity, binary }: NamedProcess, { node, time }: TraceeRecord) {
  return { node, pid: isEntity ? undefined : pid, mark, time, binary };
}

interface Words {
  readonly pid?: number;
  readonly nsPid?: number;
  readonly uid?: number;
  readonly binary?: string;
  readonly startTime?: Nanos;
}

function ownWords({ pid, nsPid, uid, binary, start }: NamedProcess): Words {
  return {
    ...(pid === undefined ? {} : { pid }),
    ...(nsPid === undefined ? {} : { nsPid }),
    ...(uid === undefined ? {} : { uid }),
    ...(binary === '' ? {} : { binary }),
    ...(start === undefined ? {} : { startTime: start }),
  };
}

/** With the place: the record's container is the process's own, not its ancestors'. */
function wordsOf(one: NamedProcess, { pod, container }: TraceeRecord) {
  return {
    ...ownWords(one),
    ...(pod === undefined ? {} : { pod }),
    ...(container === undefined ? {} : { container }),
  };
}

/** Sightings of processes, each the child of the next. */
function lineOf(record: TraceeRecord, line: readonly NamedProcess[]): readonly Sighting[] {
  const named = line.filter(isProcess);
  const ids = named.map((one) => seenIdOf({ dialect: 'tracee', ...lifeOf(one, record) }));
  return named.map((one, index) => {
    const parentId = ids[index + 1];
    return {
      ...ownWords(one),
      rank: rankOf(one),
      id: ids[index] ?? '',
      traits: 0,
      ...(parentId === undefined || parentId === ids[index] ? {} : { parentId }),
    };
  });
}

function rankOf({ pid, binary }: NamedProcess): Rank {
  return pid !== undefined && binary !== '' ? 2 : 1;
}

function placeSighting({ node, pod, container }: TraceeRecord): Sighting | undefined {
  if (pod !== undefined) {
    const id = podIdOf('tracee', pod.namespace, pod.name, container?.name ?? '');
    return { rank: 1, id, traits: 0, pod, ...(container === undefined ? {} : { container }) };
  }
  return node === '' ? undefined : { rank: 1, id: nodeIdOf('tracee', node), traits: 0 };
}
