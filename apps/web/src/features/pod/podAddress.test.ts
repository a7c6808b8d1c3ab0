import { parseFilter } from '@forebear/model/query/parseFilter';
import { describe, expect, it } from 'vitest';
import { scopeFilter } from './podAddress.ts';

describe('the events of a page', () => {
  it('are those of its pod, by namespace and name', () => {
    expect(scopeFilter({ caseName: 'c', namespace: 'jobs', pod: 'crawler-0', node: '' })).toBe(
      'k8s.ns.name = "jobs" and k8s.pod.name = "crawler-0"',
    );
  });

  it('are those of its host, not of all hosts', () => {
    expect(scopeFilter({ caseName: 'c', namespace: '', pod: '', node: 'worker-2' })).toBe(
      'evt.hostname = "worker-2"',
    );
    expect(scopeFilter({ caseName: 'c', namespace: '', pod: '', node: '' })).toBe(
      'evt.hostname = ""',
    );
  });

  it('are those that one agent told, where its tree alone is drawn', () => {
    const pod = { caseName: 'c', namespace: 'jobs', pod: 'crawler-0', node: '' };
    expect(scopeFilter(pod, { agents: ['zeek'] })).toBe(
      'k8s.ns.name = "jobs" and k8s.pod.name = "crawler-0" and agent = "zeek"',
    );
  });

  it('are asked for by the name as it is, whatever is quoted in it', () => {
    const node = 'a"b\\';
    expect(parseFilter(scopeFilter({ caseName: 'c', namespace: '', pod: '', node }))).toEqual({
      ok: true,
      filter: { kind: 'clauses', clauses: [{ field: 'evt.hostname', operator: '=', value: node }] },
    });
  });
});
