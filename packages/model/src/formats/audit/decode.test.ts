import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditDetail, ProcessEvent } from '../../event/event.ts';
import { nanos } from '../../event/time.ts';
import type { Decoded, Origin } from '../format.ts';
import { print } from '../testing/mergedFacts.ts';
import { audit } from './audit.ts';

const exec = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  auditID: 'a-1',
  stage: 'ResponseComplete',
  requestURI:
    '/api/v1/namespaces/shop/pods/basket-0/exec?command=sh&command=-c&command=ls+%2F&container=web',
  verb: 'create',
  user: { username: 'jane', groups: ['devs'] },
  impersonatedUser: { username: 'bob' },
  sourceIPs: ['198.51.100.7', '2001:DB8::1'],
  userAgent: 'kubectl/v1.31.2',
  objectRef: { resource: 'pods', subresource: 'exec', namespace: 'shop', name: 'basket-0' },
  responseStatus: { code: 101 },
  requestReceivedTimestamp: '2026-04-02T10:02:01.000001Z',
  stageTimestamp: '2026-04-02T10:02:02.000002Z',
  annotations: { 'authorization.k8s.io/decision': 'allow' },
};

function decode(value: unknown, origin?: Origin): Decoded {
  return audit.decoder().decode(value, origin);
}

function eventsOf(value: unknown, origin?: Origin): readonly ProcessEvent[] {
  const decoded = decode(value, origin);
  return decoded.kind === 'events' ? decoded.events : [];
}

function callOf(value: unknown): AuditDetail | undefined {
  const [event] = eventsOf(value);
  return event?.kind === 'audit' ? event.audit : undefined;
}

describe('a call', () => {
  it('says who, as whom, from where, with what, did what to what, and the decision', () => {
    expect(callOf(exec)).toEqual({
      auditId: 'a-1',
      stage: 'ResponseComplete',
      verb: 'create',
      user: 'jane',
      groups: ['devs'],
      impersonating: 'bob',
      sourceIps: ['198.51.100.7', '2001:db8::1'],
      userAgent: 'kubectl/v1.31.2',
      resource: 'pods',
      subresource: 'exec',
      apiGroup: '',
      namespace: 'shop',
      name: 'basket-0',
      decision: 'allow',
      code: 101,
      container: 'web',
      command: ['sh', '-c', 'ls /'],
      received: nanos(1775124121000001000n),
      callerNamespace: '',
      callerPod: '',
    });
    expect(eventsOf(exec)[0]).toMatchObject({
      kind: 'audit',
      dialect: 'audit',
      label: 'audit:create pods/exec',
      time: nanos(1775124122000002000n),
      node: '',
      subject: 'jane as bob exec sh -c "ls /" in shop/basket-0[web]: allow 101',
      process: { rank: 1, traits: 0, id: 'audit:pod:shop:basket-0:web' },
    });
  });

  it('is the same to a client that speaks WebSocket', () => {
    const got = callOf({ ...exec, verb: 'get' });
    expect(got).toEqual({ ...callOf(exec), verb: 'get' });
  });

  it('belongs to the pod whose service account made it', () => {
    const extra = {
      'authentication.kubernetes.io/pod-name': ['crawler-1'],
      'authentication.kubernetes.io/pod-uid': ['u-1'],
    };
    const user = { username: 'system:serviceaccount:jobs:crawler', extra };
    expect(callOf({ ...exec, user })).toMatchObject({
      callerNamespace: 'jobs',
      callerPod: 'crawler-1',
      namespace: 'shop',
    });
    expect(eventsOf({ ...exec, user })[0]?.process).toEqual({
      rank: 1,
      traits: 0,
      id: 'audit:pod:jobs:crawler-1:',
      pod: { namespace: 'jobs', name: 'crawler-1', uid: 'u-1' },
    });
  });

  it('believes no user who is not a service account that it is a pod', () => {
    const extra = { 'authentication.kubernetes.io/pod-name': ['crawler-1'] };
    expect(callOf({ ...exec, user: { username: 'jane', extra } })?.callerPod).toBe('');
  });

  it('makes no pod of a name that was not found, or not created', () => {
    const objectRef = { resource: 'pods', namespace: 'shop', name: 'basket-0' };
    const got = { ...exec, objectRef, verb: 'get', requestURI: '/x' };
    expect(eventsOf(got)[0]?.process?.id).toBe('audit:pod:shop:basket-0:');
    expect(eventsOf({ ...got, responseStatus: { code: 404 } })[0]?.process).toBeUndefined();
    const made = { ...got, verb: 'create' };
    expect(eventsOf(made)[0]?.process).toBeUndefined();
    expect(eventsOf({ ...made, responseStatus: { code: 201 } })[0]?.process).toBeDefined();
    const rehearsed = { ...made, requestURI: '/x?dryRun=All', responseStatus: { code: 201 } };
    expect(eventsOf(rehearsed)[0]?.process).toBeUndefined();
    expect(callOf(rehearsed)?.verb).toBe('create (dry run)');
  });

  it('knows a pod made by a controller by the name in the response', () => {
    const made = {
      ...exec,
      requestURI: '/api/v1/namespaces/shop/pods',
      objectRef: { resource: 'pods', namespace: 'shop' },
      responseStatus: { code: 201 },
      responseObject: { metadata: { name: 'basket-x1', uid: 'u-2' } },
    };
    expect(callOf(made)?.name).toBe('basket-x1');
    expect(eventsOf(made)[0]?.process?.pod?.uid).toBe('u-2');
    expect(callOf({ ...made, responseObject: undefined })?.name).toBe('');
  });

  it('shows nothing of what request and response hold, and no query', () => {
    const secret = { data: { key: 'hunter2' }, metadata: { annotations: { a: 'hunter2' } } };
    const read = {
      ...exec,
      requestURI: '/api/v1/secrets/x?token=hunter2',
      objectRef: undefined,
      requestObject: secret,
      responseObject: secret,
    };
    expect(eventsOf(read)).toHaveLength(1);
    expect(print(eventsOf(read))).not.toContain('hunter2');
  });

  it('takes time and cluster from around it only where it has none, and never the node', () => {
    const origin = { path: 'a.log', time: nanos(5n), cluster: 'harbour', node: 'quay-7' };
    expect(eventsOf(exec, origin)[0]).toMatchObject({
      time: 1775124122000002000n,
      cluster: 'harbour',
      node: '',
    });
    const { stageTimestamp: _, requestReceivedTimestamp: __, ...timeless } = exec;
    expect(eventsOf(timeless, origin)[0]?.time).toBe(5n);
    expect(eventsOf(timeless)[0]).not.toHaveProperty('time');
  });
});

describe('a list', () => {
  const list = { kind: 'EventList', apiVersion: 'audit.k8s.io/v1', metadata: {} };

  it('tells which items were not understood, and why', () => {
    const events = eventsOf({ ...list, items: [exec, 1, { ...exec, user: undefined }, exec] });
    expect(events.map(({ label }) => label)).toEqual([
      'audit:create pods/exec',
      'audit:unreadable',
      'audit:unreadable',
      'audit:create pods/exec',
    ]);
    expect(events[1]?.subject).toBe('item 2 of 4 was not read: it is no object');
    expect(events[2]?.subject).toBe('item 3 of 4 was not read: it is no audit event');
  });

  it('is rejected when nothing in it is understood, and skipped when nothing is in it', () => {
    expect(decode({ ...list, items: [1, {}] })).toEqual({
      kind: 'rejected',
      reason: 'bad_event',
      detail: 'Of the list no item is an audit event; item 1 of 2 was not read: it is no object.',
    });
    expect(decode({ ...list, items: [] })).toEqual({ kind: 'skipped', reason: 'empty_list' });
  });

  it('is read up to a length, and says so', () => {
    const items = [exec, ...Array.from({ length: 100_000 }, () => 1)];
    const events = eventsOf({ ...list, items });
    expect(events).toHaveLength(100_001);
    expect(events.at(-1)?.subject).toBe(
      'items 100001 to 100001 were not read: the list is too long',
    );
  });
});

describe('sniff', () => {
  it('leaves other things of the API, and other formats, alone', () => {
    const others: readonly unknown[] = [
      null,
      [exec],
      { kind: 'Policy', apiVersion: 'audit.k8s.io/v1', rules: [], user: {} },
      { kind: 'Event', apiVersion: 'v1', user: {}, metadata: {} },
      { kind: 'EventList', apiVersion: 'v1', metadata: {}, items: [] },
      { kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: {} },
      { auditID: 'a', stage: 's' },
      { rule: 'r', priority: 'Error', output_fields: {}, user: {} },
    ];
    for (const other of others) {
      expect(audit.sniff(other)).toBe(false);
      expect(decode(other).kind).toBe('rejected');
    }
  });

  it('knows an event whose kind was cut off', () => {
    const { kind: _, apiVersion: __, ...bare } = exec;
    expect(audit.sniff(bare)).toBe(true);
  });
});

describe('any record', () => {
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.constantFrom(exec, [exec], exec.user),
  );
  const keys = fc.constantFrom(
    ...Object.keys(exec),
    'items',
    'metadata',
    'responseObject',
    '__proto__',
  );
  const changes = fc.array(fc.tuple(keys, anything), { maxLength: 4 });

  it('has one of the four answers, and its own is read or rejected with a reason', () => {
    fc.assert(
      fc.property(changes, fc.boolean(), (given, isList) => {
        const event = { ...exec, ...Object.fromEntries(given) };
        const value = isList
          ? { kind: 'EventList', apiVersion: 'audit.k8s.io/v1', metadata: {}, items: [event, 1] }
          : event;
        const parsed: unknown = JSON.parse(JSON.stringify(value));
        const decoded = decode(parsed);
        const isRead = ['events', 'skipped'].includes(decoded.kind);
        expect(isRead || decoded.kind === 'rejected').toBe(true);
        expect(isRead && !audit.sniff(parsed)).toBe(false);
        const events = decoded.kind === 'events' ? decoded.events : [];
        expect(events.filter(({ subject }) => subject?.includes('\n') !== false)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('is read without recursion, however deep it is', () => {
    const deep: unknown = JSON.parse(`${'[{"a":'.repeat(5000)}1${'}]'.repeat(5000)}`);
    expect(
      eventsOf({ ...exec, user: { username: deep, groups: deep }, objectRef: deep }),
    ).toHaveLength(1);
  });
});
