import { type EventKind, eventKinds } from '@forebear/model/event/event';
import { eventTypeNames } from '@forebear/model/query/eventTypes';
import type { Clause, Filter } from '@forebear/model/query/filter';
import { matches } from '@forebear/model/query/matches';
import type { CaseDb } from './caseDb.ts';

/** What a filter can only be about, as far as the database can tell: always more than it keeps, never less. */
export interface Candidates {
  /** Process numbers: a kept event is of one of them, a kept card has one of them. Undefined: any. */
  readonly keys: readonly number[] | undefined;
  /** Numbers of kinds of kept events; undefined: any. */
  readonly kinds: readonly number[] | undefined;
  /** Numbers of the texts that can be the node's name of a kept event; undefined: any. */
  readonly nodes: readonly number[] | undefined;
  /** Whether names of connections decide: they are known of derived processes alone. */
  readonly needsLeaves: boolean;
}

/** Beyond so many a list of processes narrows nothing. */
const maxKeys = 20_000;

const anything: Candidates = {
  keys: undefined,
  kinds: undefined,
  nodes: undefined,
  needsLeaves: false,
};

const maxRemembered = 16;

/** The candidates of filters, found once while the facts stay: a list is asked page by page. */
export class CandidateBook {
  readonly #known = new Map<string, Candidates>();
  #facts = '';

  of(db: CaseDb, filter: Filter): Candidates {
    if (this.#facts !== db.facts || this.#known.size > maxRemembered) this.#known.clear();
    this.#facts = db.facts;
    const name = JSON.stringify(filter);
    const candidates = this.#known.get(name) ?? candidatesOf(db, filter);
    this.#known.set(name, candidates);
    return candidates;
  }
}

/** The candidates of a filter in the running snapshot. */
function candidatesOf(db: CaseDb, filter: Filter): Candidates {
  switch (filter.kind) {
    case 'all':
      return anything;
    case 'text':
      return candidatesOfText(db, filter.text);
    case 'clauses':
      return {
        keys: keysOfClauses(db, filter.clauses),
        kinds: kindsOf(filter.clauses),
        nodes: nodesOf(db, filter.clauses),
        needsLeaves: filter.clauses.some(({ field }) => field === 'fd.sip.name'),
      };
  }
}

/**
 * The numbers of all processes that are on a card with one of these: the same id whatever its cluster was called, and what
 * the same task was before and after execs in place.
 */
function withTheirCards(db: CaseDb, keys: readonly number[]): number[] {
  const ids = new Set(
    db.allIn<string>('SELECT exec_id FROM processes WHERE id IN {in}', keys, 'pluck'),
  );
  for (const sql of [
    'SELECT p.exec_id FROM processes c CROSS JOIN processes p ON p.exec_id = c.parent_exec_id AND p.pid = c.pid WHERE c.exec_id IN {in}',
    'SELECT c.exec_id FROM processes p CROSS JOIN processes c ON c.parent_exec_id = p.exec_id AND c.pid = p.pid WHERE p.exec_id IN {in}',
  ]) {
    let frontier: readonly string[] = [...ids];
    while (frontier.length > 0) {
      frontier = [...new Set(db.allIn<string>(sql, frontier, 'pluck'))].filter(
        (id) => !ids.has(id),
      );
      for (const id of frontier) ids.add(id);
    }
  }
  return db.allIn<number>(
    'SELECT DISTINCT key FROM processes WHERE exec_id IN {in}',
    [...ids],
    'pluck',
  );
}

function candidatesOfText(db: CaseDb, text: string): Candidates {
  const words = text.toLowerCase().split(/\s+/);
  const isOwn = words.map((word) => isOfProcessesAlone(db, word));
  const own = words.filter((_word, index) => isOwn[index]);
  const keys = fewest(own.map((word) => keysHolding(db, word)));
  return {
    keys: keys === undefined ? undefined : withTheirCards(db, keys),
    kinds: undefined,
    nodes: undefined,
    needsLeaves: own.length < words.length,
  };
}

/**
 * Whether a word can only stand in what a process says of itself. Addresses are printed in a form of their own, ports and
 * pids are numbers, and a name may be put together from others: a word is looked for in pieces.
 */
function isOfProcessesAlone(db: CaseDb, word: string): boolean {
  const pieces = word.split(/[^a-z0-9_-]/).filter((piece) => !/^[0-9a-f]*$/.test(piece));
  return pieces.some((piece) => !isInAnyName(db, piece));
}

/** Texts of events and the names of pods, containers and nodes. */
const names = `SELECT text FROM strings
  UNION ALL SELECT namespace || char(10) || name || char(10) || coalesce(workload, '') FROM pods
  UNION ALL SELECT name FROM containers
  UNION ALL SELECT DISTINCT node FROM faces WHERE pod_id IS NULL
  UNION ALL SELECT node || char(10) || cluster FROM nodes`;

function isInAnyName(db: CaseDb, word: string): boolean {
  return db.all(`SELECT 1 FROM (${names}) WHERE holds(text, ?) LIMIT 1`, [word]).length > 0;
}

function keysHolding(db: CaseDb, word: string): readonly number[] | undefined {
  return few(
    db.all<number>(
      `SELECT DISTINCT key FROM faces
        WHERE holds(coalesce(binary, '') || char(10) || coalesce(arguments, '') || char(10) || coalesce(cwd, '')
          || char(10) || exec_id || char(10) || coalesce(pid, ''), ?) LIMIT ${maxKeys + 1}`,
      [word],
      'pluck',
    ),
  );
}

function keysOfClauses(db: CaseDb, clauses: readonly Clause[]): readonly number[] | undefined {
  const keys = fewest(clauses.map((clause) => keysOfClause(db, clause)));
  return keys === undefined ? undefined : withTheirCards(db, keys);
}

function keysOfClause(db: CaseDb, { field, value }: Clause): readonly number[] | undefined {
  const column = columnOf(field);
  if (column === undefined || value === '') return undefined;
  return few(
    db.all<number>(
      `SELECT DISTINCT key FROM processes WHERE instr(${column}, ?) > 0 LIMIT ${maxKeys + 1}`,
      [value],
      'pluck',
    ),
  );
}

function columnOf(field: Clause['field']): string | undefined {
  if (field === 'proc.name' || field === 'proc.exepath') return 'binary';
  return field === 'proc.args' ? 'arguments' : undefined;
}

function kindsOf(clauses: readonly Clause[]): readonly number[] | undefined {
  const asked = clauses.filter(({ field }) => field === 'evt.type');
  if (asked.length === 0) return undefined;
  const filter: Filter = { kind: 'clauses', clauses: asked };
  const isAsked = (kind: EventKind): boolean =>
    matches(filter, { values: () => eventTypeNames(kind), text: () => [] });
  return eventKinds.flatMap((kind, number) => (isAsked(kind) ? [number] : []));
}

function nodesOf(db: CaseDb, clauses: readonly Clause[]): readonly number[] | undefined {
  const lists = clauses
    .filter(
      ({ field, operator, value }) =>
        field === 'evt.hostname' && (operator === '=' || value !== ''),
    )
    .map(({ operator, value }) =>
      db.all<number>(
        `SELECT id FROM strings WHERE ${operator === '=' ? 'text = ?' : 'instr(text, ?) > 0'}`,
        [value],
        'pluck',
      ),
    );
  return fewest(lists);
}

function few(keys: readonly number[]): readonly number[] | undefined {
  return keys.length > maxKeys ? undefined : keys;
}

function fewest(lists: readonly (readonly number[] | undefined)[]): readonly number[] | undefined {
  let best: readonly number[] | undefined;
  for (const list of lists)
    if (list !== undefined && (best === undefined || list.length < best.length)) best = list;
  return best;
}
