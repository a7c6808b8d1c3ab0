import type { Clause, FieldName, Filter } from './filter.ts';
import { holdsInOrder, isOrdered } from './severityOrder.ts';

/**
 * What a filter is asked about: one process with one of its connections (or none), or one event; `subject` makes them. A
 * field may have several values (the names of a destination); it matches when one of them does. No value: no match.
 */
export interface Subject {
  values(field: FieldName): readonly string[];
  /** Everything free text searches: binary, arguments, names, addresses, pod. */
  text(): readonly string[];
}

/**
 * The reference evaluation. `=` is exact and case-sensitive, `contains` a substring, case-sensitive (as Falco's); of a
 * severity `=`, `>=` and the like mean how grave it is, whatever word asks for it; free text is a case-insensitive substring, all of its words in any of the texts.
 */
export function matches(filter: Filter, subject: Subject): boolean {
  switch (filter.kind) {
    case 'all':
      return true;
    case 'text': {
      const texts = subject.text().map((text) => text.toLowerCase());
      return filter.text
        .toLowerCase()
        .split(/\s+/)
        .every((word) => texts.some((text) => text.includes(word)));
    }
    case 'clauses':
      return filter.clauses.every((clause) =>
        subject.values(clause.field).some((value) => holds(clause, value)),
      );
  }
}

function holds({ field, operator, value: asked }: Clause, value: string): boolean {
  switch (operator) {
    case '=':
      return value === asked || (isOrdered(field) && holdsInOrder(value, '=', asked));
    case 'contains':
      return value.includes(asked);
    default:
      return holdsInOrder(value, operator, asked);
  }
}

/** The last part of a binary's path: Falco's `proc.name`, not cut to 15 characters. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
