import type { Rank, Sighting } from '../../event/sighting.ts';
import { execIdOf, seenIdOf } from '../../event/spelledIds.ts';
import type { Nanos } from '../../event/time.ts';
import { Trait } from '../../event/traits.ts';
import { joinedArguments } from '../logText.ts';
import type { JsonObject } from '../read.ts';
import { countAt, fieldAt, firstOf, listAt, textAt, textsAt, timeAt } from './fields.ts';
import type { Happening } from './happening.ts';
import type { Place } from './place.ts';

/** The processes of one document, each linked to the next. */
export interface Family {
  readonly process: Sighting;
  readonly parent?: Sighting;
  readonly ancestors: readonly Sighting[];
}

/** Agents name up to twenty; what is longer was not written by one. */
const MOST_ANCESTORS = 64;

/** Everything of a process but its place in the tree. */
type Words = {
  -readonly [Key in keyof Omit<Sighting, 'rank' | 'id' | 'traits' | 'parentId'>]: Sighting[Key];
};

/** What of a process's fields a sighting's id is spelled with. */
interface Life {
  readonly node: string;
  readonly pid: number | undefined;
  readonly mark: string;
  readonly time: Nanos | undefined;
  readonly binary: string;
}

/** The process of a document with its parent and ancestors; undefined when it names none. */
export function familyOf(
  record: JsonObject,
  happening: Happening,
  place: Place,
): Family | undefined {
  const life = lifeAt(record, 'process', place);
  if (life === undefined) return undefined;
  const [parent, ...ancestors] = linesOf(record, life.mark, place);
  const isExec = happening === 'exec';
  const words = { ...wordsAt(record, 'process'), ...placed(place) };
  const start = isExec ? place.time : startOf(record, happening, place);
  const sameImage = happening === 'fork' && isImageOfParent(record, words.binary);
  const shown = sameImage ? withoutImage(words) : words;
  const named = { ...life, binary: sameImage ? '' : life.binary };
  const process: Sighting = {
    ...shown,
    ...(start === undefined ? {} : { startTime: start }),
    rank: isExec ? 4 : 3,
    id: isExec ? execIdOf({ dialect: 'ecs', ...named }) : seenIdOf({ dialect: 'ecs', ...named }),
    traits: traitsOf(happening) | kernelTrait(words.pid) | entryTrait(entryOf(record), life.mark),
    ...(parent === undefined ? {} : { parentId: parent.id }),
  };
  return { process, ...(parent === undefined ? {} : { parent }), ancestors };
}

/** The same process as one whose exec was prevented. */
export function preventedFamily(family: Family): Family {
  const { process } = family;
  const traits = (process.traits & ~Trait.execSeen) | Trait.blocked;
  return { ...family, process: { ...process, traits } };
}

function traitsOf(happening: Happening): number {
  switch (happening) {
    case 'exec':
      return Trait.execSeen;
    case 'running':
      return Trait.procfs;
    case 'exit':
      return Trait.exitSeen | Trait.ownEventSeen;
    default:
      return Trait.ownEventSeen;
  }
}

function kernelTrait(pid: number | undefined): number {
  return pid === 0 ? Trait.kernel : 0;
}

/** A fork is its own start; of every other process `process.start` tells it. */
function startOf(record: JsonObject, happening: Happening, { time }: Place): Nanos | undefined {
  return timeAt(record, 'process.start') ?? (happening === 'fork' ? time : undefined);
}

/** A fork is printed with its parent's image, which says nothing of the one it will run. Unless told otherwise. */
function isImageOfParent(record: JsonObject, binary: string | undefined): boolean {
  const parent =
    textAt(record, 'process.parent.executable') ?? textAt(record, 'process.parent.name');
  return parent === undefined || parent === binary;
}

function withoutImage(words: Words): Words {
  const rest = { ...words };
  delete rest.binary;
  delete rest.arguments;
  return rest;
}

function placed({ pod, container }: Place): Words {
  return {
    ...(pod === undefined ? {} : { pod }),
    ...(container === undefined ? {} : { container }),
  };
}

/** What spells the id of the process whose fields begin with `prefix`. With an entity id the pid is not part of it. */
function lifeAt(record: JsonObject, prefix: string, { node, time }: Place): Life | undefined {
  const mark = textAt(record, `${prefix}.entity_id`) ?? '';
  const pid = countAt(record, `${prefix}.pid`);
  if (mark === '' && pid === undefined) return undefined;
  const binary = textAt(record, `${prefix}.executable`) ?? textAt(record, `${prefix}.name`) ?? '';
  return { node, pid: mark === '' ? pid : undefined, mark, time, binary };
}

function wordsAt(record: JsonObject, prefix: string): Words {
  const at = (name: string): string => `${prefix}.${name}`;
  const pid = countAt(record, at('pid'));
  const binary = textAt(record, at('executable')) ?? textAt(record, at('name'));
  const args = argumentsAt(record, prefix, binary);
  const cwd = textAt(record, at('working_directory'));
  const capabilities = textsAt(record, at('thread.capabilities.effective')).join(' ');
  // `user` is the user of the document's process; a parent's stands with the parent.
  const isSelf = prefix === 'process';
  const uid = countAt(record, at('user.id')) ?? (isSelf ? countAt(record, 'user.id') : undefined);
  const user =
    textAt(record, at('user.name')) ?? (isSelf ? textAt(record, 'user.name') : undefined);
  return {
    ...(pid === undefined ? {} : { pid }),
    ...(uid === undefined ? {} : { uid }),
    ...(user === undefined ? {} : { user }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(binary === undefined ? {} : { binary }),
    ...(args === undefined ? {} : { arguments: args }),
    ...(capabilities === '' ? {} : { capabilities }),
  };
}

/** The arguments without the program: from the list, else what follows the program in the command line. */
function argumentsAt(
  record: JsonObject,
  prefix: string,
  binary: string | undefined,
): string | undefined {
  const list = listAt(record, `${prefix}.args`);
  if (list.length > 0) return joinedArguments(list.slice(1));
  const line = textAt(record, `${prefix}.command_line`)?.trim();
  if (line === undefined) return undefined;
  const program = programOf(line, binary);
  const rest = line.slice(program.length).trim();
  return rest === '' ? undefined : rest;
}

/** The program at the beginning of a command line, with its quotes: Windows' paths have spaces. */
function programOf(line: string, binary: string | undefined): string {
  if (line.startsWith('"')) return line.slice(0, line.indexOf('"', 1) + 1 || line.length);
  if (binary !== undefined && line.startsWith(`${binary} `)) return binary;
  const space = line.search(/\s/);
  return space < 0 ? line : line.slice(0, space);
}

/** The parent and those above it, nearest first; with the document's container those of it that are in it. */
function linesOf(record: JsonObject, self: string, place: Place): readonly Sighting[] {
  const line = namedLine(record, self, place);
  const entry = entryOf(record);
  const innermost = line.findIndex(({ life }) => life.mark === entry?.mark);
  const inside = placed(place);
  return linked(
    line.map(({ life, words }, index) => ({
      life,
      words: index <= innermost ? { ...words, ...inside } : words,
    })),
    entry,
  );
}

/** The process by which a container was entered: what it started is in it. */
interface Entry {
  readonly mark: string;
  /** The container began with it: nobody came in through it. */
  readonly isFirst: boolean;
}

/**
 * The entry leader where the agent says that a container was entered. One with a terminal may be a shell that somebody opened in
 * a running container.
 */
function entryOf(record: JsonObject): Entry | undefined {
  const leader = 'process.entry_leader';
  const mark = textAt(record, `${leader}.entity_id`);
  const type = textAt(record, `${leader}.entry_meta.type`);
  if (mark === undefined || (type !== 'container' && type !== 'kubelet')) return undefined;
  const isInteractive = firstOf(fieldAt(record, `${leader}.interactive`)) === true;
  return { mark, isFirst: type === 'container' && !isInteractive };
}

function entryTrait(entry: Entry | undefined, mark: string): number {
  return entry?.isFirst === true && entry.mark === mark ? Trait.containerEntry : 0;
}

function namedLine(record: JsonObject, self: string, place: Place): readonly Named[] {
  const named = lifeAt(record, 'process.parent', place);
  const above = ancestryOf(record, self);
  if (named === undefined || (named.mark === self && self !== '')) {
    return above.map((mark) => namedByMark(record, mark, place));
  }
  // The nearest of the ancestry is the parent, also where its own fields leave the id out.
  const mark = named.mark === '' ? (above[0] ?? '') : named.mark;
  const life = mark === '' ? named : { ...named, pid: undefined, mark };
  const parent = { life, words: startedWords(record, 'process.parent') };
  const nearest = above.indexOf(mark);
  // An ancestry that does not know the parent is no continuation of it, and the parent is the better word.
  if (nearest < 0) return [parent];
  const rest = above.slice(nearest + 1).map((one) => namedByMark(record, one, place));
  return [parent, ...rest];
}

interface Named {
  readonly life: Life;
  readonly words: Words;
}

function startedWords(record: JsonObject, prefix: string): Words {
  const start = timeAt(record, `${prefix}.start`);
  const words = wordsAt(record, prefix);
  return { ...words, ...(start === undefined ? {} : { startTime: start }) };
}

/** The entity ids above a process, nearest first, without itself; an id that comes again ends the line. */
function ancestryOf(record: JsonObject, self: string): readonly string[] {
  const ids = new Set<string>();
  for (const id of textsAt(record, 'process.Ext.ancestry')) {
    if (id === self || ids.has(id) || ids.size === MOST_ANCESTORS) break;
    ids.add(id);
  }
  return [...ids];
}

const leaders = ['process.entry_leader', 'process.session_leader', 'process.group_leader'];

/** An ancestor by its id, with what the document says of it where it is one of the process's leaders. */
function namedByMark(record: JsonObject, mark: string, place: Place): Named {
  for (const leader of leaders) {
    const life = lifeAt(record, leader, place);
    if (life?.mark === mark) return { life, words: startedWords(record, leader) };
  }
  const { node, time } = place;
  return { life: { node, pid: undefined, mark, time, binary: '' }, words: {} };
}

/** Sightings of a line of processes, each the child of the next. */
function linked(line: readonly Named[], entry: Entry | undefined): readonly Sighting[] {
  const ids = line.map(({ life }) => seenIdOf({ dialect: 'ecs', ...life }));
  return line.map(({ life, words }, index) => {
    const parentId = ids[index + 1];
    return {
      ...words,
      rank: rankOf(words),
      id: ids[index] ?? '',
      traits: kernelTrait(words.pid) | entryTrait(entry, life.mark),
      ...(parentId === undefined ? {} : { parentId }),
    };
  });
}

function rankOf({ pid, binary, arguments: args }: Words): Rank {
  return pid !== undefined && (binary !== undefined || args !== undefined) ? 2 : 1;
}
