import { parseSync, Visitor } from 'oxc-parser';

/**
 * Finds where a source reads the clock without naming it: `new Date()` and `Date()`. (`Date.now` and
 * the rest are lint's; this has no rule there.) Answers 1-based lines; `new Date(x)` only converts.
 */
export function findClockReads(path: string, source: string): number[] {
  const lines: number[] = [];
  const add = (start: number) => lines.push(source.slice(0, start).split('\n').length);
  new Visitor({
    NewExpression: ({ callee, arguments: given, start }) => {
      if (callee.type === 'Identifier' && callee.name === 'Date' && given.length === 0) add(start);
    },
    CallExpression: ({ callee, start }) => {
      if (callee.type === 'Identifier' && callee.name === 'Date') add(start);
    },
  }).visit(parseSync(path, source).program);
  return lines.sort((a, b) => a - b);
}
