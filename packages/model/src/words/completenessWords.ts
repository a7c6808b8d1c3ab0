/** `wire`'s completeness, in plain types: words import nothing. */
export interface Completeness {
  readonly complete: boolean;
  readonly agentLoss: 'none reported' | 'reported' | 'not monitored';
  readonly gaps: number;
  readonly quarantined: number;
  readonly shardsMissing: number;
  /** Present: the answer so far, of these parts of the case alone. */
  readonly derived?: { readonly parts: number; readonly of: number } | undefined;
}

const losses: Record<Completeness['agentLoss'], string> = {
  'not monitored': 'agent loss not monitored',
  'none reported': 'no agent loss reported',
  reported: 'agent reported loss',
};

/**
 * What an answer can vouch for, the same words in the page and in the terminal: what came in, then what is known of
 * the agent. A file that came in whole says nothing of what its agent lost. `number` writes a count.
 */
export function completenessWords(
  { complete, agentLoss, gaps, quarantined, shardsMissing, derived }: Completeness,
  number: (count: number) => string,
): string {
  const lack = (count: number, one: string, rest = ''): string[] =>
    count === 0 ? [] : [`${number(count)} ${one}${count === 1 ? '' : 's'}${rest}`];
  return [
    cameIn(complete, derived, number),
    ...lack(quarantined, 'record', ' not understood'),
    ...lack(gaps, 'gap'),
    ...lack(shardsMissing, 'shard', ' missing'),
    losses[agentLoss],
  ].join(' · ');
}

function cameIn(
  complete: boolean,
  derived: Completeness['derived'],
  number: (count: number) => string,
): string {
  if (derived !== undefined)
    return `gathering: ${number(derived.parts)} of ${number(derived.of)} parts so far`;
  return complete ? 'file complete' : 'not complete';
}
