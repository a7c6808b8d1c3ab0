import { clauseText } from '@forebear/model/query/clauseText';
import { kindOfEventType } from '@forebear/model/query/eventTypes';
import { parseFilter } from '@forebear/model/query/parseFilter';

export interface AskedEvents {
  /** The clauses on events as a filter; empty: the filter has none. */
  readonly filter: string;
  /** The kind of event they ask for, where they ask for one by name. */
  readonly kind: string;
}

/**
 * What of a filter asks for events and not for processes: `evt.type`. A tree is of processes, and is not narrowed by it;
 * its table of events is.
 */
export function askedEvents(text: string): AskedEvents {
  const parsed = parseFilter(text);
  if (!parsed.ok || parsed.filter.kind !== 'clauses') return { filter: '', kind: '' };
  const clauses = parsed.filter.clauses.filter(({ field }) => field === 'evt.type');
  const exact = new Set(
    clauses.flatMap(({ operator, value }) => (operator === '=' ? [value] : [])),
  );
  const [value = ''] = exact;
  return {
    filter: clauses.map(clauseText).join(' and '),
    kind: exact.size === 1 ? (kindOfEventType(value) ?? value) : '',
  };
}
