/** Of each grave thing that a pod's processes show, gravest first, in words that follow one another. */
const words: ReadonlyMap<string, string> = new Map([
  ['grave_alert', 'alert of severity Error or graver'],
  ['out_of_place', 'out of its container'],
  ['raised_to_root', 'rise to root'],
  ['random_name', 'late call to a random-looking name'],
  ['refused_call', 'late connection that was stopped'],
  ['unlinked_binary', 'late binary without a name'],
  ['injected', 'late entry from outside'],
]);

/** The grave things by their codes: `rise to root, late call to a random-looking name`; empty for none. */
export function graveWords(codes: readonly string[]): string {
  return codes.map((code) => words.get(code) ?? code.replaceAll('_', ' ')).join(', ');
}

/** In which order pods are listed when no other is asked for. */
export const podOrderWords =
  'those with the most different grave signs first (an alert of severity Error or graver; left its container, or a container that came late; rise to root; a late and new ' +
  'process that calls a random-looking external name, had a connection stopped, runs a binary without a name, or entered from outside), then by how many ' +
  'processes are late and new, and by the gravest alert';
