import type { FactBatch } from '../../event/factBatch.ts';
import { canonicalText } from '../../graph/canonicalText.ts';
import { derive } from '../../graph/derive.ts';
import { FactSet } from '../../graph/facts/factSet.ts';
import { sha256 } from '../../graph/testing/told.ts';

/** Everything that the graph derives from batches, as one text: equal for equal forests. */
export function forestText(batches: readonly FactBatch[]): string {
  const set = new FactSet();
  for (const batch of batches) set.add(batch);
  return canonicalText(derive(set.facts(), { lateLimitMs: 60_000, sha256 }));
}
