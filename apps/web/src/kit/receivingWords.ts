import { formatNoun, formatPercent } from './format.ts';

/** Why a page is still empty: its log is on its way. Undefined: it is not. */
export function receivingWords(
  receiving: { readonly share: number | undefined; readonly events: number } | undefined,
): string | undefined {
  if (receiving === undefined) return undefined;
  const { share, events } = receiving;
  const far = share === undefined ? '' : ` (${formatPercent(share)})`;
  return `The log is still being received${far}: ${formatNoun(events, 'event')} so far. What is in appears here by itself.`;
}
