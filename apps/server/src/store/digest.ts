import { createHash } from 'node:crypto';
import { canonicalLines } from '@forebear/model/graph/canonicalText';
import type { Derived } from '@forebear/model/graph/derived';

/** sha256 of the canonical text of a forest, line by line: equal for equal sets of facts, however they came in. */
export function digestOf(derived: Derived): string {
  const hash = createHash('sha256');
  for (const line of canonicalLines(derived)) hash.update(line).update('\n');
  return hash.digest('hex');
}
