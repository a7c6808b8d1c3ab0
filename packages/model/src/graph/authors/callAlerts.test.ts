import { describe, expect, it } from 'vitest';
import type { AlertFact, AuditFact } from '../../event/facts.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import type { Author } from '../derived.ts';
import type { Authors } from './authors.ts';
import type { Call } from './call.ts';
import { alertKey, startedByAlerts } from './callAlerts.ts';

function at(seconds: number): Nanos {
  return nanos(BigInt(Math.round(seconds * 1000)) * 1_000_000n);
}

function call(seconds: number, command: readonly string[] = ['sh', '-c', 'id']): Call {
  const audit: AuditFact = {
    process: '',
    cluster: '',
    node: '',
    time: at(seconds),
    auditId: `a${seconds}`,
    stage: 'ResponseComplete',
    verb: 'create',
    user: 'jane',
    groups: [],
    impersonating: '',
    sourceIps: [],
    userAgent: '',
    resource: 'pods',
    subresource: 'exec',
    apiGroup: '',
    namespace: 'shop',
    name: 'web-1',
    decision: 'allow',
    code: 101,
    container: 'web',
    command,
    callerNamespace: '',
    callerPod: '',
  };
  return {
    mark: 'exec',
    audit,
    received: at(seconds),
    ended: at(seconds + 90),
    target: 0,
    caller: undefined,
    callerBy: undefined,
  };
}

function alert(seconds: number, subject: string, part: Partial<AlertFact> = {}): AlertFact {
  return {
    process: 'falco\0c1\0falco:pod:shop/web-1',
    cluster: 'c1',
    node: '',
    time: at(seconds),
    label: 'falco:Attach/Exec Pod',
    kind: 'alert',
    subject,
    rule: 'Attach/Exec Pod',
    severity: 'Notice',
    severityWord: 'Notice',
    tags: [],
    output: '',
    action: '',
    enforcer: '',
    result: '',
    blocked: false,
    ...part,
  };
}

function author(match: Author['match']): Author {
  return {
    user: 'jane',
    impersonating: '',
    sourceIps: [],
    userAgent: '',
    command: 'sh',
    time: at(1),
    match,
    candidates: 1,
  };
}

/** Calls that started the cards 5, 6, …, as authors tell them. */
function people(calls: readonly Call[], match: Author['match'] = 'exact'): Authors {
  return {
    authors: new Map(calls.map((_, index) => [5 + index, author(match)])),
    started: new Map(calls.map((one, index) => [one, 5 + index])),
    unaccounted: new Set(),
  };
}

function cardOf(one: AlertFact, known: Authors, pod: number | undefined): number | undefined {
  return startedByAlerts([one], known, () => pod).get(alertKey(one));
}

describe('an alert about a call', () => {
  it.each([
    'pods/exec shop/web-1',
    'pods/exec shop/web-1: sh',
    'create pods/exec shop/web-1: sh -c id',
  ])('is of the process that the call started: %s', (subject) => {
    expect(cardOf(alert(10.02, subject), people([call(10)]), 0)).toBe(5);
  });

  it('may be of the stage in which the session ended', () => {
    expect(cardOf(alert(100, 'pods/exec shop/web-1: sh'), people([call(10)]), 0)).toBe(5);
    expect(cardOf(alert(50, 'pods/exec shop/web-1: sh'), people([call(10)]), 0)).toBeUndefined();
  });

  it.each([
    ['another command', alert(10, 'pods/exec shop/web-1: bash'), people([call(10)]), 0],
    ['another pod', alert(10, 'pods/exec shop/web-1: sh'), people([call(10)]), 1],
    ['no pod', alert(10, 'pods/exec shop/web-1: sh'), people([call(10)]), undefined],
    ['two such calls', alert(10, 'pods/exec shop/web-1: sh'), people([call(9), call(10)]), 0],
    [
      'a call of doubtful outcome',
      alert(10, 'pods/exec shop/web-1: sh'),
      people([call(10)], 'ambiguous'),
      0,
    ],
    [
      'an event of a process',
      alert(10, 'pods/exec shop/web-1: sh', { kind: 'exec' }),
      people([call(10)]),
      0,
    ],
  ])('stays where it is for %s', (_why, one, known, pod) => {
    expect(cardOf(one, known, pod)).toBeUndefined();
  });
});
