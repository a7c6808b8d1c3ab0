import { splitClauses, withoutClause } from '../url/clauses.ts';
import type { View } from '../url/view.ts';

/** One part of what narrows a list, and the view without it. */
export interface Part {
  readonly text: string;
  readonly without: Partial<View>;
}

/** The clauses of a view's filter. The time has its own chip. */
export function filterParts({ filter }: View): readonly Part[] {
  const clauses = splitClauses(filter);
  return clauses.map((text, at) => ({ text, without: { filter: withoutClause(clauses, at) } }));
}
