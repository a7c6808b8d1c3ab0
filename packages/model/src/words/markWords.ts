/** Of each mark of a pod, gravest first: its sign, and what one process or several did. */
const words: ReadonlyMap<string, readonly [sign: string, one: string, many: string]> = new Map([
  ['raised_to_root', ['↑', 'rose to root', 'rose to root']],
  [
    'unaccounted',
    ['⌁', 'came in not through the API server', 'came in not through the API server'],
  ],
  ['unlinked_binary', ['⌫', 'ran a binary without a name', 'ran binaries without a name']],
  ['blocked', ['⊘', 'was prevented: never ran', 'were prevented: never ran']],
  ['policy_hit', ['▲', 'reported by a policy', 'reported by policies']],
  ['raised_privileges', ['⇡', 'raised its privileges', 'raised their privileges']],
  ['hidden_characters', ['␛', 'hides characters', 'hide characters']],
  ['injected', ['↳', 'injected from outside', 'injected from outside']],
]);

/** What processes of a pod stand out for beside time and place: `rose to root`; a code that we do not know is said as it came. */
export function markWords(code: string, processes: number): string {
  const [, one, many] = words.get(code) ?? ['', '', ''];
  return (processes === 1 ? one : many) || code.replaceAll('_', ' ');
}

const ranks = [...words.keys()];

/** Where it stands among them, 0 the gravest; what we do not know is behind all others. */
export function markRank(code: string): number {
  const rank = ranks.indexOf(code);
  return rank < 0 ? ranks.length : rank;
}

/** The sign that stands for it where there is no room. */
export function markSign(code: string): string {
  return words.get(code)?.[0] ?? '⚑';
}
