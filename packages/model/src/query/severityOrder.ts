import { type Severity, severityNumber, severityOf } from '../event/severity.ts';
import type { FieldName, OrderOperator } from './filter.ts';

/** Grades of agents that count in three, as their decoders place them on the scale of eight. */
const grades = new Map<string, Severity>([
  ['high', 'Error'],
  ['medium', 'Warning'],
  ['low', 'Notice'],
]);

/** The severity that a person means, in any case: one of the eight, or a grade of three; undefined: no such word. */
export function askedSeverity(word: string): Severity | undefined {
  return severityOf(word) ?? grades.get(word.toLowerCase());
}

/** Fields whose values have an order: of those `>=` can be asked. */
export function isOrdered(field: FieldName): boolean {
  return field === 'alert.severity';
}

/** Compares two severities by how grave they are: `Critical` is more than `Error`. What is none compares with nothing. */
export function holdsInOrder(value: string, operator: OrderOperator | '=', asked: string): boolean {
  const [one, other] = [severityOf(value), askedSeverity(asked)];
  if (one === undefined || other === undefined) return false;
  const graver = severityNumber(other) - severityNumber(one);
  switch (operator) {
    case '=':
      return graver === 0;
    case '>':
      return graver > 0;
    case '>=':
      return graver >= 0;
    case '<':
      return graver < 0;
    case '<=':
      return graver <= 0;
  }
}
