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

  it('is of the pod that called, and of no other of the namespace', () => {
    const pods = new Set(expected.processes.flatMap(({ pod }) => (pod === '' ? [] : [pod])));
    for (const pod of pods) {
      const items = callItems(derived, { pod });
      const own = items.filter(({ mark }) => mark === 'secret_read' || mark === 'rbac_changed');
      expect([pod, own.length > 0]).toEqual([pod, pod === attacked?.pod]);
    }
  });

  it('tells what a pod was forbidden, and the process that asked for it', () => {
    const items = callItems(derived, { pod: attacked?.pod ?? '' });
    const [refused, more] = items.filter(({ mark }) => mark === 'refused');
    expect(more).toBeUndefined();
    expect(refused).toMatchObject({
      code: 403,
      callerBy: 'token',
      makers: 1,
      madeBy: { binary: '/usr/bin/curl' },
    });
  });

  it('is of the pods of a service account where no more is known', () => {
    const made = derived.calls.find(({ mark }) => mark === 'secret_read');
    if (made?.caller === undefined) throw new Error('a pod read a secret');
    const unsure = {
      ...made,
      caller: undefined,
      callerBy: undefined,
      accountPods: [made.caller],
    } as const;
    const scope = { pod: attacked?.pod ?? '' };
    const [item] = callItems({ ...derived, calls: [unsure] }, scope);
    expect(item).toMatchObject({ caller: null, callerBy: 'service_account' });
    const nobodys = { ...derived, calls: [{ ...unsure, accountPods: [] }] };
    expect(callItems(nobodys, scope)).toEqual([]);
    expect(callItems(nobodys, { namespace: made.audit.namespace })).toHaveLength(1);
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
