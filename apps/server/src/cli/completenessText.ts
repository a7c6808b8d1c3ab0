import type { Completeness } from '@forebear/model/wire/primitives';
import { countOf } from './figures.ts';

/** What an answer can vouch for, in one line. The word "complete" stands only where it is proven. */
export function completenessText(completeness: Completeness): string {
  if (completeness.complete && completeness.agentLoss === 'none reported') {
    return 'Complete: every log ended cleanly, nothing quarantined, no loss reported by an agent.';
  }
  const parts = [
    `agent loss: ${completeness.agentLoss}`,
    ...(completeness.gaps > 0 ? [countOf(completeness.gaps, 'gap')] : []),
    ...(completeness.quarantined > 0
      ? [`${countOf(completeness.quarantined, 'record')} quarantined`]
      : []),
    ...(completeness.shardsMissing > 0
      ? [`${countOf(completeness.shardsMissing, 'shard')} missing`]
      : []),
  ];
  return `Not proven complete: ${parts.join(' · ')}.`;
}
