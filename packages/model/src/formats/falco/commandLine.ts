/** What a record says of a process's image and arguments, each in a field of its own or in the command line. */
export interface CommandWords {
  /** The kernel's name, 15 characters of it. */
  readonly name: string | undefined;
  readonly path: string | undefined;
  /** The first argument as the caller gave it. */
  readonly exe: string | undefined;
  readonly args: string | undefined;
  readonly line: string | undefined;
}

export interface Command {
  readonly binary?: string;
  readonly arguments?: string;
}

/**
 * The image (a path where there is one) and the arguments. Falco's command line is the name and the arguments: the name is
 * taken off where it is one of the known names, and believed where none is known.
 */
export function commandOf({ name, path, exe, args, line }: CommandWords): Command {
  const known = path ?? name ?? exe;
  if (known === undefined) {
    if (line === undefined) return {};
    const [first, rest] = split(line);
    return command(first, args ?? rest);
  }
  if (args !== undefined || line === undefined) return command(known, args);
  const names = [name, exe, path, lastPart(path), lastPart(exe)].filter((one) => one !== undefined);
  for (const one of names) {
    if (line === one) return command(known, undefined);
    if (line.startsWith(`${one} `)) return command(known, line.slice(one.length + 1));
  }
  const [first, rest] = split(line);
  const base = lastPart(first);
  const isName = names.some((one) => one === base || one === base?.slice(0, COMM));
  return command(known, isName ? rest : line);
}

const COMM = 15;

function command(binary: string, args: string | undefined): Command {
  return args === undefined || args === '' ? { binary } : { binary, arguments: args };
}

function split(line: string): readonly [string, string | undefined] {
  const space = line.indexOf(' ');
  return space < 1 ? [line, undefined] : [line.slice(0, space), line.slice(space + 1)];
}

function lastPart(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const part = path.slice(path.lastIndexOf('/') + 1);
  return part === '' ? undefined : part;
}
