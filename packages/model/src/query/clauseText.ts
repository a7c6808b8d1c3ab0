import type { Clause } from './filter.ts';

/** A clause as text that `parseFilter` reads as the same clause, whatever is in its value. */
export function clauseText({ field, operator, value }: Clause): string {
  return `${field} ${operator} "${value.replaceAll(/["\\]/g, '\\$&')}"`;
}
