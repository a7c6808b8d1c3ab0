import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditFact } from '../../event/facts.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import type { Call } from './call.ts';
import { type ApiClient, makersOf } from './makers.ts';

function at(seconds: number): Nanos {
  return nanos(BigInt(Math.round(seconds * 1000)) * 1_000_000n);
}

function call(seconds: number, userAgent = 'curl/8.14.1'): Call {
  const received = at(seconds);
  const audit: AuditFact = {
    process: '',
    cluster: '',
    node: '',
    time: received,
    auditId: `${seconds} ${userAgent}`,
    stage: 'ResponseComplete',
    verb: 'get',
    user: 'system:serviceaccount:shop:web',
    groups: [],
    impersonating: '',
    sourceIps: [],
    userAgent,
    resource: 'secrets',
    subresource: '',
    apiGroup: '',
    namespace: 'shop',
    name: 'key',
    decision: 'allow',
    code: 200,
    container: '',
    command: [],
    received,
    callerNamespace: 'shop',
    callerPod: 'web',
  };
  return {
    mark: 'secret_read',
    audit,
    received,
    ended: undefined,
    target: undefined,
    caller: 0,
    callerBy: 'token',
  };
}

function client(card: number, from: number, to: number, binary = '/usr/bin/curl'): ApiClient {
  const open = [{ from: at(from), to: at(to) }];
  return { card, pod: 0, binaries: [binary], ended: undefined, open };
}

function makerOf(one: Call, clients: readonly ApiClient[]) {
  return makersOf([one], clients).get(one);
}

describe('makersOf', () => {
  it('is the one process of the pod that was connected then, by clocks up to a second apart', () => {
    const curl = client(7, 10, 11);
    for (const seconds of [9.1, 10.5, 11.9]) {
      expect(makerOf(call(seconds), [curl])).toEqual({ card: 7, candidates: 1 });
    }
    for (const seconds of [8.9, 12.1]) {
      expect(makerOf(call(seconds), [curl])?.card).toBeUndefined();
    }
    expect(makerOf(call(10.5), [{ ...curl, ended: at(9) }])?.card).toBeUndefined();
    expect(makerOf(call(10.5), [{ ...curl, pod: 1 }])).toBeUndefined();
    expect(makerOf({ ...call(10.5), caller: undefined }, [curl])).toBeUndefined();
  });

  it('is nobody of several, and says how many', () => {
    const two = [client(7, 10, 11), client(8, 10.2, 10.4)];
    expect(makerOf(call(10.3), two)).toEqual({ card: undefined, candidates: 2 });
  });

  it('is what the client says it is', () => {
    const both = [client(7, 10, 11), client(8, 10, 11, '/usr/bin/python3')];
    expect(makerOf(call(10.3), both)?.card).toBe(7);
    expect(makerOf(call(10.3, 'Wget/1.24'), both)).toEqual({ card: undefined, candidates: 0 });
    expect(makerOf(call(10.3, 'python-requests/2.31'), both)?.candidates).toBe(2);
    expect(makerOf(call(10.3, 'python-requests/2.31'), both.slice(1))?.card).toBe(8);
  });

  it('is not sure in a pod that is flooded with clients', () => {
    const flood = Array.from({ length: 1001 }, (_, card) => client(card, card / 2000, 5000));
    const last = client(2000, 10, 11, '/usr/bin/wget');
    expect(makerOf(call(10.3, 'Wget/1.24'), [...flood, last])?.card).toBeUndefined();
  });

  it('does not depend on any order', () => {
    const seconds = fc.integer({ min: 0, max: 40 }).map((tenths) => tenths / 10);
    const clients = fc
      .array(fc.tuple(seconds, seconds, fc.constantFrom('/bin/curl', '/bin/sh')), { maxLength: 6 })
      .map((told) =>
        told.map(([from, lasts, binary], card) => client(card, from, from + lasts, binary)),
      );
    const calls = fc.array(
      seconds.map((second) => call(second)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(clients, calls, (some, made) => {
        const forth = makersOf(made, some);
        const back = makersOf(made.toReversed(), some.toReversed());
        for (const one of made) expect(back.get(one)).toEqual(forth.get(one));
      }),
    );
  });
});
