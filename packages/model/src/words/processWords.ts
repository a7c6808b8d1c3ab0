/** What an agent calls the kernel's own process. */
const AGENTS_WORD = '<kernel>';

/** What a process is called by its binary's text: the kernel has one word, whatever the log says, and none has `unknown`. */
export function binaryWords(binary: string, pid: number | null): string {
  if (binary === AGENTS_WORD || (binary === '' && pid === 0)) return 'kernel';
  return binary === '' ? 'unknown' : binary;
}
