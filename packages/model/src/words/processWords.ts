/** What an agent calls the kernel's own process. */
const AGENTS_WORD = '<kernel>';

/** What a process is called by its binary's text: the kernel has one word, whatever the log says, and none has `unknown`. */
export function binaryWords(binary: string, pid: number | null): string {
  if (binary === AGENTS_WORD || (binary === '' && pid === 0)) return 'kernel';
  return binary === '' ? 'unknown' : binary;
}

/**
 * What is said in place of arguments where there are none. An agent leaves the field out of a command without
 * arguments: `no arguments` is evidence. Of what is only named by others, nothing was told.
 */
export function noArgumentsWords(kind: string, binary: string): string {
  if (kind === 'ghost') return 'not in this log: no event of its own';
  if (kind === 'inferred') return 'not in this log: inferred from names';
  return tellsArguments(kind, binary) ? 'no arguments' : 'not in this log';
}

const kinds: ReadonlyMap<string, string> = new Map([
  ['exec', 'its exec was reported'],
  ['fork', 'clone, never exec’d'],
  ['procfs', 'procfs: already running when the agent started'],
  ['ghost', 'only named by other events'],
  ['inferred', 'only named by others: inferred'],
]);

/** How a process came to be known, in words; a kind that we do not know is said as it came. */
export function kindWords(kind: string): string {
  return kinds.get(kind) ?? kind;
}

/** Whether only the id of a process was named, by its child: neither what it ran nor where it was. */
export function isKnownByIdAlone(kind: string, binary: string): boolean {
  return kind === 'ghost' && binary === '';
}

/** In what a process was that is in no pod as far as the log tells; empty: in its pod's container. */
export function placeWords(role: string, kind: string, binary: string): string {
  if (role !== 'host') return '';
  return isKnownByIdAlone(kind, binary)
    ? 'not in this log: only its id is, so the host or a pod'
    : 'host process';
}

/** Whether the log tells the arguments of such a process, be it that it had none. */
export function tellsArguments(kind: string, binary: string): boolean {
  return binary !== '' && kind !== 'ghost' && kind !== 'inferred';
}
