import type { Room } from './importLaw.ts';

/** A room with its `*` filled in: `model/formats/tetragon` of the row `model/formats/*`. */
export interface Place {
  readonly row: Room;
  readonly name: string;
}

/** Finds the room that owns a path, or undefined when it lies in no room. */
export type FindPlace = (path: string) => Place | undefined;

/** Prepares a law for look-ups. Paths are relative to the repository, with forward slashes. */
export function placesOf(law: readonly Room[]): FindPlace {
  const rows = law.flatMap((row) =>
    row.files.map((glob) => ({ row, pattern: globToRegExp(glob) })),
  );
  return (path) => {
    for (const { row, pattern } of rows) {
      const match = pattern.exec(path);
      if (match !== null) return { row, name: row.name.replace('*', match[1] ?? '*') };
    }
    return undefined;
  };
}

/** Whether `from` may import files of `to`: its own room, or a room its row names. */
export function mayImportRoom(from: Place, to: Place): boolean {
  if (from.name === to.name) return true;
  return from.row.imports.some((entry) => coversRoom(entry, to));
}

/** Whether an entry of `Room.imports` means the room. */
export function coversRoom(entry: string, to: Place): boolean {
  return entry.endsWith('/**') ? to.name.startsWith(entry.slice(0, -2)) : entry === to.row.name;
}

/** Whether the row of `from` names the package. */
export function mayImportPackage(from: Place, name: string): boolean {
  return from.row.npm.some((entry) => coversPackage(entry, name));
}

/** Whether an entry of `Room.npm` means the package. */
export function coversPackage(entry: string, name: string): boolean {
  if (entry === '*' || entry === name) return true;
  return entry.endsWith('/*') && name.startsWith(entry.slice(0, -1));
}

/** Whether `from` may use the built-in module, named without `node:`. */
export function mayImportBuiltin(from: Place, name: string): boolean {
  if (from.row.node === 'none') return false;
  return from.row.node === 'all' || name !== 'process';
}

/** `**` is any number of folders, `*` is part of one name; only `*` captures. */
function globToRegExp(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|\*|[.+?^${}()|[\]\\]/g, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '([^/]*)';
    return `\\${token}`;
  });
  return new RegExp(`^${source}$`);
}
