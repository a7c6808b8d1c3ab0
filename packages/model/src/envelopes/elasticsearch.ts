import type { Origin } from '../formats/format.ts';
import { isObject, type JsonObject, listOf } from '../formats/read.ts';
import { contentOf, type Enclosed, type Envelope } from './envelope.ts';

/**
 * Elasticsearch and OpenSearch: a hit (`_source`), the answer to a search or to several (`hits.hits`, `responses`), and the lines
 * of a bulk request that only say where the next line goes, in which there is nothing.
 */
export const elasticsearch: Envelope = {
  id: 'elasticsearch',
  open: (value, around) => {
    if (isBulkAction(value)) return { certain: true, records: [] };
    const answers = answersOf(value);
    return answers === undefined ? undefined : { certain: true, records: sources(answers, around) };
  },
};

/** Lists of hits. */
function answersOf(value: JsonObject): readonly unknown[] | undefined {
  if (isObject(value._source)) return [[value]];
  const own = hitsOf(value);
  if (own !== undefined) return [own];
  const answers = listOf(value.responses).map(hitsOf);
  return answers.some((hits) => hits !== undefined) ? answers : undefined;
}

function hitsOf(answer: unknown): readonly unknown[] | undefined {
  const hits = isObject(answer) && isObject(answer.hits) ? answer.hits.hits : undefined;
  return Array.isArray(hits) ? hits : undefined;
}

function* sources(answers: readonly unknown[], around: Origin): Generator<Enclosed> {
  for (const hits of answers) {
    for (const hit of listOf(hits)) {
      const source = isObject(hit) ? hit._source : undefined;
      yield { forms: [contentOf(source ?? hit)], origin: around };
    }
  }
}

const actions = ['index', 'create', 'update', 'delete'];

function isBulkAction(value: JsonObject): boolean {
  const [action, ...others] = Object.keys(value);
  if (action === undefined || others.length > 0 || !actions.includes(action)) return false;
  const where = value[action];
  return isObject(where) && Object.keys(where).every(isPlace);
}

function isPlace(key: string): boolean {
  return key.startsWith('_') || key === 'routing' || key === 'pipeline' || key === 'require_alias';
}
