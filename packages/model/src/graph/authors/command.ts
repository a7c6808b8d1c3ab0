/** What runs: its file, and its arguments as the agent prints them. */
export interface Running {
  readonly binary: string;
  readonly arguments: string;
}

/** What runs, read to be compared: equal texts have equal numbers. */
export interface Told {
  /** The last part of the file's path. */
  readonly name: string;
  readonly arguments: number;
  /** The arguments behind the file's own path, with which a script is printed; undefined: they do not begin with it. */
  readonly behindPath: number | undefined;
}

/** The command of a call, read the same way. */
export interface Asked {
  readonly name: string;
  readonly arguments: number;
  /** The arguments alone, behind the command as it was asked for, and behind its name. */
  readonly spellings: readonly number[];
}

/** Shells that stand behind the name `sh`, and the one file that is every command. */
const shells = new Set(['sh', 'bash', 'dash', 'ash', 'busybox']);
const everyCommand = 'busybox';
/** Arguments are compared by so many characters of theirs: a log can print any number. */
const comparedCharacters = 65_536;

/** Reads each command and each image once, so that comparing many of them with each other compares numbers. */
export class CommandReader {
  readonly #numbers = new Map<string, number>();

  /** What a call asked to be run; undefined: nothing that has a name. */
  asked([asked = '', ...rest]: readonly string[]): Asked | undefined {
    const name = nameOf(asked);
    if (name === '') return undefined;
    const said = plain(rest.join(' '));
    const spellings = [said, joined(plain(asked), said), joined(plain(name), said)];
    return {
      name,
      arguments: this.#numberOf(said),
      spellings: spellings.map((text) => this.#numberOf(text)),
    };
  }

  /** What an agent says that runs. */
  told({ binary, arguments: args }: Running): Told {
    const told = plain(args);
    const path = plain(binary);
    const isBehind = told === path || told.startsWith(`${path} `);
    return {
      name: nameOf(binary),
      arguments: this.#numberOf(told),
      behindPath: isBehind ? this.#numberOf(told.slice(path.length + 1)) : undefined,
    };
  }

  #numberOf(text: string): number {
    const cut = text.slice(0, comparedCharacters);
    const number = this.#numbers.get(cut) ?? this.#numbers.size;
    this.#numbers.set(cut, number);
    return number;
  }
}

/**
 * Tells whether a process runs the command of a call, both read by one reader: the same file by its last part, and the same
 * arguments, however the agent quotes them. Busybox answers for every command, and shells for `sh`.
 */
export function isRunning(told: Told, asked: Asked): boolean {
  const isNamed =
    asked.name === told.name ||
    told.name === everyCommand ||
    (asked.name === 'sh' && shells.has(told.name));
  if (!isNamed) return false;
  // A script is printed with its own path first, and busybox with the command's name.
  return asked.spellings.includes(told.arguments) || told.behindPath === asked.arguments;
}

/** Without quotes, which agents add, and with single blanks. */
function plain(text: string): string {
  return text.replaceAll(/["'␊\s]+/g, ' ').trim();
}

function joined(first: string, rest: string): string {
  return first === '' || rest === '' ? first + rest : `${first} ${rest}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
