import type { Sighting } from '../../event/sighting.ts';
import { namedIdOf, seenIdOf } from '../../event/spelledIds.ts';
import { countOf } from '../read.ts';
import { type Command, commandOf } from './commandLine.ts';
import { countField, type Fields, isAbsent, listField, pidField, textField } from './fields.ts';
import { type Life, lifeOf } from './life.ts';
import type { Moment } from './moment.ts';

/** No chain of a real system is longer; a record may claim anything. */
const MOST_LEVELS = 64;

const parts = ['name', 'pid', 'exepath', 'exe', 'cmdline', 'args'] as const;
type Part = (typeof parts)[number];
/** What the fields say of one ancestor. */
type Level = Map<Part, string>;

/**
 * The ancestors that a record names for a process, nearest first, each linked to the next. One whose pid is told has an id of
 * its own; of the others only the place above the process is known, also of a level between two that the record leaves out.
 */
export function ancestorsOf(fields: Fields, child: string, moment: Moment): readonly Sighting[] {
  const levels = levelsOf(fields);
  const ancestors: Sighting[] = [];
  for (let level = topOf(levels); level >= 1; level -= 1) {
    const known = levels.get(level) ?? new Map<Part, string>();
    const above = ancestors.at(-1);
    const sighting = ancestorOf({ known, level, child, fields, moment });
    ancestors.push(above === undefined ? sighting : { ...sighting, parentId: above.id });
  }
  return ancestors.reverse();
}

interface Place {
  readonly known: Level;
  readonly level: number;
  readonly child: string;
  readonly fields: Fields;
  readonly moment: Moment;
}

function ancestorOf({ known, level, child, fields, moment }: Place): Sighting {
  const command = commandOf({
    name: known.get('name'),
    path: known.get('exepath'),
    exe: known.get('exe'),
    args: known.get('args'),
    line: known.get('cmdline'),
  });
  const pid = countOf(known.get('pid'));
  if (pid === undefined) return { rank: 1, id: namedIdOf(child, level), traits: 0, ...command };
  const life: Life =
    level === 1 ? lifeOf(fields, 'proc.ppid.ts', 'proc.ppid.duration', moment) : { mark: '' };
  const { node, time } = moment;
  const binary = command.binary ?? '';
  const nsPid = level === 1 ? countField(fields, 'proc.pvpid') : undefined;
  return {
    rank: isDescribed(command) ? 2 : 1,
    id: seenIdOf({ dialect: 'falco', node, pid, mark: life.mark, time, binary }),
    pid,
    traits: 0,
    ...command,
    ...(life.startTime === undefined ? {} : { startTime: life.startTime }),
    ...(nsPid === undefined || nsPid === 0 ? {} : { nsPid }),
  };
}

function isDescribed(command: Command): boolean {
  return command.binary !== undefined || command.arguments !== undefined;
}

function topOf(levels: ReadonlyMap<number, Level>): number {
  let top = 0;
  for (const level of levels.keys()) top = Math.max(top, level);
  return top;
}

/** By level, 1 the parent: the fields with an index, those of the parent alone, and the lists of all ancestors. */
function levelsOf(fields: Fields): ReadonlyMap<number, Level> {
  const levels = new Map<number, Level>();
  for (const key in fields) {
    if (key.startsWith('proc.a')) addIndexed(levels, fields, key);
  }
  addParent(levels, fields);
  addLists(levels, fields);
  return levels;
}

/** `proc.aname[2]`, `proc.aname_2`, `proc.aname.2`: Falcosidekick replaces brackets by what it is told. */
const INDEXED = /^proc\.a(name|pid|exepath|exe|cmdline|args)[^A-Za-z0-9]{1,3}(\d{1,2})\]?$/;

function addIndexed(levels: Map<number, Level>, fields: Fields, key: string): void {
  const match = INDEXED.exec(key);
  const part = parts.find((one) => one === match?.[1]);
  const level = Number(match?.[2] ?? 0);
  // Level 0 is the process itself.
  if (part === undefined || level < 1) return;
  put(
    levels,
    level,
    part,
    part === 'pid' ? pidField(fields, key)?.toString() : textField(fields, key),
  );
}

function addParent(levels: Map<number, Level>, fields: Fields): void {
  put(levels, 1, 'pid', pidField(fields, 'proc.ppid')?.toString());
  put(levels, 1, 'name', textField(fields, 'proc.pname'));
  put(levels, 1, 'exepath', textField(fields, 'proc.pexepath'));
  put(levels, 1, 'exe', textField(fields, 'proc.pexe'));
  put(levels, 1, 'cmdline', textField(fields, 'proc.pcmdline'));
  put(levels, 1, 'args', textField(fields, 'proc.pargs'));
}

/**
 * `proc.aname` and its like without an index are all ancestors in one. Names may contain spaces, pids may not: where the counts
 * differ, or the first name is not the parent's, only the pids are right.
 */
function addLists(levels: Map<number, Level>, fields: Fields): void {
  const self = textField(fields, 'proc.name');
  const pid = pidField(fields, 'proc.pid')?.toString();
  const parentName = textField(fields, 'proc.pname');
  const names = withoutSelf(listField(fields, 'proc.aname'), self, parentName);
  const parent = pidField(fields, 'proc.ppid')?.toString();
  const pids = withoutSelf(listField(fields, 'proc.apid'), pid, parent);
  const paths = listField(fields, 'proc.aexepath');
  const fit =
    (pids.length === 0 || pids.length === names.length) &&
    (parentName === undefined || names[0] === parentName);
  for (const [index, one] of pids.entries()) put(levels, index + 1, 'pid', positive(one));
  if (!fit) return;
  for (const [index, one] of names.entries()) put(levels, index + 1, 'name', one);
  if (paths.length !== names.length) return;
  for (const [index, one] of paths.entries()) put(levels, index + 1, 'exepath', one);
}

/** Some versions begin the list with the process itself, as level 0. */
function withoutSelf(
  list: readonly string[],
  self: string | undefined,
  parent: string | undefined,
): readonly string[] {
  const [first, second] = list;
  const begins = first !== undefined && first === self && first !== parent && second === parent;
  return begins ? list.slice(1) : list;
}

function positive(text: string): string | undefined {
  const pid = countOf(text);
  return pid === undefined || pid === 0 ? undefined : pid.toString();
}

function put(levels: Map<number, Level>, at: number, part: Part, text: string | undefined): void {
  if (text === undefined || isAbsent(text) || at > MOST_LEVELS) return;
  const level = levels.get(at) ?? new Map<Part, string>();
  if (!level.has(part)) level.set(part, text);
  levels.set(at, level);
}
