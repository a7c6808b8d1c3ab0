import { describe, expect, it } from 'vitest';
import { fileFacts } from '../graph/testing/fileFacts.ts';
import { storyOf } from '../graph/testing/told.ts';
import { tellIncident } from '../scenario/incident/tellIncident.ts';
import { callItems } from './calls.ts';

const { files, expected } = tellIncident({ seed: 1 });
const derived = storyOf(fileFacts(files)).derived;
const [author] = expected.authors;
const attacked = expected.processes.find(({ execId }) => execId === author?.execId);

describe('callItems', () => {
  it('tells who called what about a pod, with the process that it started', () => {
    const scope = { namespace: attacked?.namespace ?? '', pod: attacked?.pod ?? '' };
    const items = callItems(derived, scope);
    const shell = items.find(({ auditId }) => auditId === author?.auditId);
    expect(shell).toMatchObject({
      mark: 'exec',
      user: author?.user,
      impersonating: author?.impersonating,
      process: { binary: attacked?.binary },
      target: { namespace: scope.namespace, name: scope.pod },
    });
    expect(new Set(items.map(({ mark }) => mark))).toContain('secret_read');
  });

  it('is in order of time, and keeps to its range', () => {
    const all = callItems(derived, {});
    const times = all.map(({ time }) => time ?? '');
    expect(times).toEqual(times.toSorted());
    const [first] = derived.calls;
    expect(first?.received).toBeDefined();
    if (first?.received === undefined) return;
    expect(callItems(derived, { from: first.received })).toHaveLength(all.length);
    expect(callItems(derived, { to: first.received })).toEqual([]);
  });
});
