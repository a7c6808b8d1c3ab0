import type { CallItem } from '@forebear/model/wire/calls';
import { describe, expect, it } from 'vitest';

import { callDid, callerWords, callSign, failureWords, isRefused } from './callWords.ts';

const call: CallItem = {
  mark: 'exec',
  auditId: 'a',
  time: '2026-01-01T00:00:00Z',
  ended: null,
  user: 'jane',
  impersonating: '',
  sourceIps: [],
  userAgent: '',
  verb: 'create',
  resource: 'pods',
  subresource: 'exec',
  namespace: 'shop',
  name: 'web-1',
  decision: 'allow',
  code: 101,
  container: 'web',
  command: ['sh', '-c', 'id'],
  target: null,
  caller: null,
  callerBy: null,
  madeBy: null,
  makers: 0,
  process: null,
};

describe('a call in words', () => {
  it('says what was done and to what', () => {
    expect(callDid(call)).toBe('ran a command: sh -c id');
    expect(callDid({ ...call, mark: 'rbac_changed', resource: 'rolebindings', name: 'sync' })).toBe(
      'changed who may do what: create rolebindings sync',
    );
    expect(
      callDid({ ...call, mark: 'secret_read', verb: 'list', resource: 'secrets', name: '' }),
    ).toBe('read a secret: list secrets in shop');
    expect(callDid({ ...call, mark: 'pod_created' })).toBe('created the pod');
  });

  it('has another sign for every mark, and of several that of the gravest', () => {
    const marks = [
      'exec',
      'attach',
      'ephemeral_container',
      'port_forward',
      'rbac_changed',
      'secret_read',
      'pod_created',
    ] as const;
    expect(new Set(marks.map((mark) => callSign([{ mark }]))).size).toBe(marks.length);
    expect(callSign([{ mark: 'pod_created' }, { mark: 'exec' }])).toBe(
      callSign([{ mark: 'exec' }]),
    );
    expect(callSign([])).toBe('');
  });

  it('tells a call that was refused', () => {
    expect(isRefused(call)).toBe(false);
    for (const code of [401, 403]) expect(isRefused({ ...call, code })).toBe(true);
    expect(isRefused({ ...call, decision: 'forbid', code: 0 })).toBe(true);
  });

  it('tells one that failed from one that was refused', () => {
    for (const code of [404, 409, 500]) {
      expect(isRefused({ ...call, code })).toBe(false);
      expect(failureWords({ ...call, code })).toBe(`failed (${code})`);
    }
    expect(failureWords({ ...call, code: 403 })).toBe('refused (403)');
    expect(failureWords({ ...call, decision: 'forbid', code: 0 })).toBe('refused');
    expect(failureWords(call)).toBe('');
  });
});

describe('who of the pod called, in words', () => {
  const made = { ...call, user: 'system:serviceaccount:shop:web' };

  it('says what is not sure', () => {
    expect(callerWords({ ...made, callerBy: 'service_account' })).toBe(
      'by a pod of service account shop/web',
    );
    expect(callerWords({ ...made, callerBy: 'token', makers: 3 })).toBe(
      'ambiguous: 3 of its processes may have made it',
    );
    expect(callerWords({ ...made, callerBy: 'address' })).toBe('came from its address');
    expect(callerWords({ ...made, callerBy: 'token', makers: 1 })).toBe('');
    expect(callerWords(made)).toBe('');
  });

  it('says that it was refused, and what it asked for', () => {
    const refused = {
      ...made,
      mark: 'refused',
      verb: 'list',
      resource: 'secrets',
      name: '',
    } as const;
    expect(callDid(refused)).toBe('was refused: list secrets in shop');
  });
});
