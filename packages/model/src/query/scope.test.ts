import { expect, it } from 'vitest';
import type { Clause, Filter } from './filter.ts';
import { isOfEventsAlone, narrowedTo, podTest } from './scope.ts';

const clauses = (...all: readonly [Clause['field'], Clause['operator'], string][]): Filter => ({
  kind: 'clauses',
  clauses: all.map(([field, operator, value]) => ({ field, operator, value })),
});

it('tells of a pod by its name whether a filter can keep anything of it', () => {
  const crawler = { namespace: 'jobs', name: 'crawler-0' };
  const asked = podTest(
    clauses(
      ['k8s.ns.name', '=', 'jobs'],
      ['k8s.pod.name', 'contains', 'crawler'],
      ['proc.name', '=', 'sh'],
    ),
  );
  expect(asked?.(crawler)).toBe(true);
  expect(asked?.({ ...crawler, namespace: 'job' })).toBe(false);
  expect(asked?.({ ...crawler, name: 'api-0' })).toBe(false);
});

it('knows when no pod is asked for', () => {
  expect(podTest({ kind: 'all' })).toBeUndefined();
  expect(podTest({ kind: 'text', text: 'crawler' })).toBeUndefined();
  expect(podTest(clauses(['proc.name', '=', 'sh']))).toBeUndefined();
});

it('needs a process unless all that is asked stands in the record of the event', () => {
  expect(isOfEventsAlone(clauses(['evt.hostname', '=', 'a'], ['evt.type', '=', 'execve']))).toBe(
    true,
  );
  expect(isOfEventsAlone(clauses(['evt.hostname', '=', 'a'], ['proc.pid', '=', '1']))).toBe(false);
  expect(isOfEventsAlone({ kind: 'all' })).toBe(false);
});

it('narrows to the fields that somebody knows, and tells those it left out, each once', () => {
  const filter = clauses(['proc.name', '=', 'sh'], ['user.uid', '=', '0'], ['user.uid', '=', '1']);
  expect(narrowedTo(filter, (field) => field === 'proc.name')).toEqual({
    filter: clauses(['proc.name', '=', 'sh']),
    leftOut: ['user.uid'],
  });
  expect(narrowedTo(filter, () => false).filter).toEqual({ kind: 'all' });
  const text: Filter = { kind: 'text', text: 'crawler' };
  expect(narrowedTo(text, () => false)).toEqual({ filter: text, leftOut: [] });
});
