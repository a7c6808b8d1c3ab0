import { describe, expect, it } from 'vitest';
import { markOf } from './auditMark.ts';
import type { AuditDetail } from './event.ts';

const call: AuditDetail = {
  auditId: 'a',
  stage: 'ResponseComplete',
  verb: 'create',
  user: 'jane',
  groups: [],
  impersonating: '',
  sourceIps: [],
  userAgent: '',
  resource: 'pods',
  subresource: '',
  apiGroup: '',
  namespace: 'shop',
  name: 'basket-0',
  decision: 'allow',
  code: 201,
  container: '',
  command: [],
  callerNamespace: '',
  callerPod: '',
};
const rbac = 'rbac.authorization.k8s.io';

describe('markOf', () => {
  it('marks a pod that was created, and none that was read, rehearsed or bound', () => {
    expect(markOf(call)).toBe('pod_created');
    expect(markOf({ ...call, verb: 'get' })).toBeUndefined();
    expect(markOf({ ...call, verb: 'create (dry run)' })).toBeUndefined();
    expect(markOf({ ...call, subresource: 'binding' })).toBeUndefined();
    expect(markOf({ ...call, apiGroup: 'metrics.k8s.io' })).toBeUndefined();
  });

  it('marks sessions into a pod whatever their verb', () => {
    for (const verb of ['create', 'get']) {
      expect(markOf({ ...call, verb, subresource: 'exec', code: 101 })).toBe('exec');
      expect(markOf({ ...call, verb, subresource: 'attach', code: 101 })).toBe('attach');
      expect(markOf({ ...call, verb, subresource: 'portforward' })).toBe('port_forward');
    }
  });

  it('marks an ephemeral container that is added, not one that is read', () => {
    const debug = { ...call, subresource: 'ephemeralcontainers', code: 200 };
    expect(markOf({ ...debug, verb: 'patch' })).toBe('ephemeral_container');
    expect(markOf({ ...debug, verb: 'get' })).toBeUndefined();
  });

  it('marks every change of RBAC, and no reading', () => {
    for (const verb of ['create', 'update', 'patch', 'delete', 'deletecollection']) {
      expect(markOf({ ...call, apiGroup: rbac, resource: 'roles', verb })).toBe('rbac_changed');
    }
    expect(markOf({ ...call, apiGroup: rbac, resource: 'roles', verb: 'list' })).toBeUndefined();
  });

  it('marks secrets that are read, not those that are written', () => {
    const secret = { ...call, resource: 'secrets', code: 200 };
    for (const verb of ['get', 'list', 'watch']) {
      expect(markOf({ ...secret, verb })).toBe('secret_read');
    }
    expect(markOf({ ...secret, verb: 'update' })).toBeUndefined();
    expect(markOf({ ...secret, verb: 'get', apiGroup: 'vault.example' })).toBeUndefined();
  });

  it('marks nothing that did not happen, or not yet', () => {
    const exec = { ...call, subresource: 'exec' };
    expect(markOf({ ...exec, code: 403 })).toBeUndefined();
    expect(markOf({ ...exec, decision: 'forbid', code: 0 })).toBeUndefined();
    expect(markOf({ ...exec, stage: 'RequestReceived', decision: '', code: 0 })).toBeUndefined();
    expect(markOf({ ...exec, stage: 'Panic', code: 0 })).toBeUndefined();
    expect(markOf({ ...exec, stage: 'ResponseStarted', code: 0 })).toBe('exec');
  });

  it('has no mark for what is neither', () => {
    expect(markOf({ ...call, resource: '', verb: 'get' })).toBeUndefined();
    expect(markOf({ ...call, resource: 'configmaps' })).toBeUndefined();
  });
});
