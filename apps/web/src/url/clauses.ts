/**
 * The parts of a filter joined by `and`, outside quotes and parentheses. A text that is no condition is one part. Only for
 * showing and taking out: what a filter means is the server's parser's business.
 */
export function splitClauses(filter: string): readonly string[] {
  const clauses: string[] = [];
  let from = 0;
  let depth = 0;
  let quote = '';
  for (let at = 0; at < filter.length; at += 1) {
    const char = filter.charAt(at);
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (depth === 0 && /^\sand\s/i.test(filter.slice(at, at + 5))) {
      clauses.push(filter.slice(from, at).trim());
      from = at + 5;
      at += 4;
    }
  }
  clauses.push(filter.slice(from).trim());
  return clauses.filter((clause) => clause !== '');
}

/** The filter without one of its parts. */
export function withoutClause(clauses: readonly string[], out: number): string {
  return clauses.filter((_, at) => at !== out).join(' and ');
}
