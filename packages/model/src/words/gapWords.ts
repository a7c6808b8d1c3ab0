const words: ReadonlyMap<string, string> = new Map([
  ['rate_limit', 'rate limit: the agent dropped events'],
  ['throttle_start', 'throttling began: exec and exit of a cgroup no longer reported'],
  ['throttle_stop', 'throttling ended: the cgroup is reported again'],
  ['stream_cut', 'the sender broke off'],
  ['truncated', 'the file ends too early'],
  ['damaged', 'the file is damaged'],
  ['rotation', 'lines lost when the log was rotated'],
]);

/** How many of an agent's reports say that events are missing; the end of a throttling says that they come again. */
export function countLosses(gaps: readonly { readonly kind: string }[]): number {
  return gaps.filter(({ kind }) => kind !== 'throttle_stop').length;
}

/** Why events are missing, in words for page and terminal; a kind that we do not know is said as it came. */
export function gapWords(kind: string): string {
  return words.get(kind) ?? kind.replaceAll('_', ' ');
}
