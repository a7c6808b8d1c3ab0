import { describe, expect, it } from 'vitest';
import { splitClauses, withoutClause } from './clauses.ts';

describe('the parts of a filter', () => {
  it('are joined by and, outside quotes and parentheses', () => {
    expect(splitClauses('proc.name = nc and proc.args contains "rock and roll"')).toEqual([
      'proc.name = nc',
      'proc.args contains "rock and roll"',
    ]);
    expect(splitClauses('(a = 1 and b = 2) AND c = 3')).toEqual(['(a = 1 and b = 2)', 'c = 3']);
  });

  it('are not cut within a quoted text by a quote that is escaped', () => {
    const clause = String.raw`proc.args contains "say \" and \\"`;
    expect(splitClauses(`${clause} and proc.pid = 7`)).toEqual([clause, 'proc.pid = 7']);
  });

  it('are one for free text, none for nothing', () => {
    expect(splitClauses('/tmp/rev.sh')).toEqual(['/tmp/rev.sh']);
    expect(splitClauses('  ')).toEqual([]);
  });

  it('can be taken out one by one', () => {
    expect(withoutClause(['a = 1', 'b = 2', 'c = 3'], 1)).toBe('a = 1 and c = 3');
  });
});
