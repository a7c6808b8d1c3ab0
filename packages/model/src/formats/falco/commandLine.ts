/** What a record says of a process's image and arguments, each in a field of its own or in the command line. */
export interface CommandWords {
  /** The kernel's name: of the file as it was called, 15 characters of it. */
  readonly name: string | undefined;
  /** The file that runs, links resolved: of a script its interpreter, of an applet busybox. */
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
 * The image and the arguments. The image is the file as it was called, as other agents and the records of children name it: a
 * path of that name where there is one, else the name. Falco's command line is the name and the arguments: the name is taken
 * off where it is one of the known ones, and believed where none is known.
 */
export function commandOf(words: CommandWords): Command {
  const { name, path, exe, args, line } = words;
  if (name === undefined && path === undefined && exe === undefined) {
    if (line === undefined) return {};
    const [first, rest] = split(line);
    return command(first, args ?? rest);
  }
  const rest = args ?? (line === undefined ? undefined : argumentsIn(line, words));
  return command(calledAs(words, rest), rest);
}

const COMM = 15;

function calledAs({ name, path, exe }: CommandWords, args: string | undefined): string {
  if (name === undefined) return path ?? exe ?? '';
  if (isPathOf(path, name)) return path ?? name;
  if (isPathOf(exe, name)) return exe ?? name;
  // A script's first argument is the script, and the kernel's name the script's.
  const [script] = split(args ?? '');
  return path !== undefined && isPathOf(script, name) ? script : name;
}

function isPathOf(path: string | undefined, name: string): boolean {
  return path?.includes('/') === true && lastPart(path)?.slice(0, COMM) === name;
}

function argumentsIn(line: string, { name, path, exe }: CommandWords): string | undefined {
  const names = [name, exe, path, lastPart(path), lastPart(exe)].filter((one) => one !== undefined);
  for (const one of names) {
    if (line === one) return undefined;
    if (line.startsWith(`${one} `)) return line.slice(one.length + 1);
  }
  const [first, rest] = split(line);
  const base = lastPart(first);
  return names.some((one) => one === base || one === base?.slice(0, COMM)) ? rest : line;
}

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
