/** What runs: its file, and its arguments as the agent prints them. */
export interface Running {
  readonly binary: string;
  readonly arguments: string;
}

/** Shells that stand behind the name `sh`, and the one file that is every command. */
const shells = new Set(['sh', 'bash', 'dash', 'ash', 'busybox']);
const everyCommand = 'busybox';

/**
 * Tells whether a process runs the command of a call: the same file by its last part, and the same arguments, however the agent quotes
 * them. Busybox answers for every command, and shells for `sh`.
 */
export function isRunning(
  { binary, arguments: args }: Running,
  command: readonly string[],
): boolean {
  const [asked = '', ...rest] = command;
  const wanted = nameOf(asked);
  const runs = nameOf(binary);
  const isNamed = wanted === runs || runs === everyCommand || (wanted === 'sh' && shells.has(runs));
  if (!isNamed || wanted === '') return false;
  const told = plain(args);
  const said = plain(rest.join(' '));
  // A script is printed with its own path first, and busybox with the command's name.
  return (
    told === said || [asked, wanted, binary].some((first) => told === plain(`${first} ${said}`))
  );
}

/** Without quotes, which agents add, and with single blanks. */
function plain(text: string): string {
  return text.replaceAll(/["'␊\s]+/g, ' ').trim();
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
