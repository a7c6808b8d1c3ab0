import { posix } from 'node:path';

/** A room is a folder with a README.md; it answers for its files, and for folders without their own. */
export interface Room {
  readonly folder: string;
  readonly readme: string;
  /** Paths relative to the room, of the source files it must name. */
  readonly files: readonly string[];
}

export interface Rooms {
  readonly rooms: readonly Room[];
  /** Source files with no README.md in their folder or any folder above it, below the root. */
  readonly homeless: readonly string[];
}

const source = /\.(?:ts|tsx|css|peggy|sql)$/;
const notNamed = /(?:\.test\.tsx?|\.bench\.ts|\.d\.ts)$/;
const nobodysReading = /(?:^|\/)(?:fixtures|generated|testing)\//;
const drawer = /^(?:utils?|helpers?|common|misc|types|index)(?:\.|$)/i;

/**
 * Sorts the source files of the house into rooms by the nearest README.md above them. Tests, their
 * kits and ambient types need not be named; fixtures and generated files are nobody's reading.
 */
export function sortIntoRooms(paths: readonly string[], readText: (path: string) => string): Rooms {
  const readmes = new Set(paths.filter((path) => posix.basename(path) === 'README.md'));
  const files = new Map<string, string[]>();
  const homeless: string[] = [];
  for (const path of paths) {
    if (!source.test(path) || notNamed.test(path)) continue;
    if (nobodysReading.test(path) || !path.includes('/')) continue;
    const folder = roomAbove(path, readmes);
    if (folder === undefined) homeless.push(path);
    else files.set(folder, [...(files.get(folder) ?? []), posix.relative(folder, path)]);
  }
  const rooms = [...files].map(([folder, names]) => ({
    folder,
    readme: readText(posix.join(folder, 'README.md')),
    files: names,
  }));
  return { rooms, homeless };
}

/** The files of a room that its README does not name, by their path inside the room or their name. */
export function unnamedFiles(room: Room): string[] {
  return room.files.filter((file) => !isNamed(file, room.readme));
}

/** Names that say nothing, where things are put that nobody finds again. */
export function drawers(paths: readonly string[]): string[] {
  return paths.filter(
    (path) => /\.[jt]sx?$/.test(path) && path.split('/').some((segment) => drawer.test(segment)),
  );
}

function roomAbove(path: string, readmes: ReadonlySet<string>): string | undefined {
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
    if (readmes.has(posix.join(folder, 'README.md'))) return folder;
  }
  return undefined;
}

/**
 * A file is named between backticks, with or without its ending, also in a list of several; prose
 * that happens to hold the word is not a name. `Card.module.css` is named with its `Card.tsx`.
 */
function isNamed(file: string, readme: string): boolean {
  const name = posix.basename(file).replace(/(?:\.module)?\.\w+$/, '');
  const word = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const quoted = [...readme.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
  const pattern = new RegExp(`(?<![\\w-])${word}(?![\\w-])`);
  return quoted.some((text) => pattern.test(text));
}
