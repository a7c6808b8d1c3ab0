/** Agents that see no system calls; Falco has a name for the source of one of them. */
const others: ReadonlyMap<string, readonly string[]> = new Map([
  ['audit', ['k8s_audit']],
  ['hubble', []],
  ['zeek', []],
]);

/** The values of `evt.source` for a dialect: itself, and what Falco calls where such events come from. */
export function sourceNames(dialect: string): readonly string[] {
  return [dialect, ...(others.get(dialect) ?? ['syscall'])];
}
