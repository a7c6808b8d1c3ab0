import { describe, expect, it } from 'vitest';
import { audit } from './audit/audit.ts';
import { detectFormat, detectText, formatsLike } from './detect.ts';
import { ecs } from './ecs/ecs.ts';
import { falco } from './falco/falco.ts';
import type { Format } from './format.ts';
import { hubble } from './hubble/hubble.ts';
import { kubearmor } from './kubearmor/kubearmor.ts';
import { formatOf, formats } from './registry.ts';
import { sysdig } from './sysdig/sysdig.ts';
import { tetragon } from './tetragon/tetragon.ts';
import { tracee } from './tracee/tracee.ts';
import { zeek } from './zeek/zeek.ts';

describe('detectFormat', () => {
  it('finds Tetragon by an event key with its envelope', () => {
    const records: readonly unknown[] = [
      { process_exec: {}, time: '2026-01-01T00:00:00Z' },
      { processExec: {}, nodeName: 'n' },
      { process_icmp: {}, node_name: 'n' },
      { tls: {}, node_name: '' },
      { rate_limit_info: {}, time: 'x' },
      { process_exit: { process: {} } },
    ];
    for (const record of records) {
      expect(detectFormat(record, formats)).toEqual({ kind: 'format', format: tetragon });
    }
  });

  it('finds Falco by a rule with its fields, or by what it writes without them', () => {
    const records: readonly unknown[] = [
      { rule: 'r', priority: 'Error', output: 'o', time: 'x', output_fields: {} },
      { rule: 'r', output_fields: { 'proc.name': 'sh' } },
      { priority: 'Error', output: 'o', output_fields: {}, uuid: 'u' },
      { rule: 'r', priority: 'Error', output: 'o', time: 'x', hostname: 'n', tags: [] },
    ];
    for (const record of records) {
      expect(detectFormat(record, formats)).toEqual({ kind: 'format', format: falco });
    }
  });

  it('finds documents of Elastic Defend by an entity id and a time, or by the data set', () => {
    const records: readonly unknown[] = [
      { '@timestamp': 'x', process: { entity_id: 'e' } },
      { '@timestamp': 'x', 'process.entity_id': ['e'] },
      { event: { dataset: 'endpoint.events.process' } },
      { 'data_stream.dataset': 'endpoint.alerts' },
    ];
    for (const record of records) {
      expect(detectFormat(record, formats)).toEqual({ kind: 'format', format: ecs });
    }
  });

  it('finds Tracee of both shapes', () => {
    const records: readonly unknown[] = [
      { processName: 'x', hostProcessId: 1, eventName: 'execve', processEntityId: 9 },
      { eventName: 'openat', hostProcessId: 1, args: [] },
      { timestamp: 'x', id: 1, name: 'openat', workload: { process: {} }, data: [] },
    ];
    for (const record of records) {
      expect(detectFormat(record, formats)).toEqual({ kind: 'format', format: tracee });
    }
  });

  it('finds objects of sysdig by a type and a direction', () => {
    const record = { 'evt.num': 1, 'evt.type': 'read', 'evt.dir': '<', 'proc.name': 'sh' };
    expect(detectFormat(record, formats)).toEqual({ kind: 'format', format: sysdig });
  });

  it('finds Hubble by a flow, in its envelope or bare, and by its other events', () => {
    const records: readonly unknown[] = [
      { flow: { verdict: 'FORWARDED' }, node_name: 'n', time: 'x' },
      { flow: { source: {}, destination: {} } },
      { verdict: 'DROPPED', IP: { source: '10.0.0.1' } },
      { lost_events: { num_events_lost: '1' } },
      { agent_event: { type: 'x' }, node_name: 'n' },
    ];
    for (const record of records) {
      expect(detectFormat(record, formats)).toEqual({ kind: 'format', format: hubble });
    }
  });

  it('finds Kubernetes audit by its API group, or by its marks, and a user', () => {
    const records: readonly unknown[] = [
      { kind: 'Event', apiVersion: 'audit.k8s.io/v1', auditID: 'a', stage: 's', user: {} },
      { auditID: 'a', stage: 's', user: {} },
      { kind: 'EventList', apiVersion: 'audit.k8s.io/v1', metadata: {}, items: [] },
      { kind: 'EventList', apiVersion: 'audit.k8s.io/v1beta1', items: [{}] },
    ];
    for (const record of records) {
      expect(detectFormat(record, formats)).toEqual({ kind: 'format', format: audit });
    }
  });

  it('finds KubeArmor by its types, else by a host pid with an operation', () => {
    const records: readonly unknown[] = [
      { HostPID: 1, Operation: 'Process', ProcessName: '/bin/x' },
      { hostPid: 1, operation: 'File' },
      { Type: 'ContainerLog' },
      { type: 'MatchedHostPolicy', policyName: 'p' },
      { Type: 'SystemEvent', Operation: 'AlertThreshold' },
      { Type: 'Message', Level: 'INFO', Message: 'm', UpdatedTime: 't' },
    ];
    for (const record of records) {
      expect(detectFormat(record, formats)).toEqual({ kind: 'format', format: kubearmor });
    }
  });

  it('finds Zeek by a stream, by the ids of a connection, or by the columns of its own streams', () => {
    const ids = { 'id.orig_h': '10.0.0.1', 'id.resp_h': '10.0.0.2' };
    const records: readonly unknown[] = [
      { _path: 'conn', ts: 1 },
      { '@stream': 'conn', ts: '2026-01-01T00:00:00Z' },
      { ...ids, uid: 'C1' },
      { id_orig_h: '10.0.0.1', id_resp_h: '10.0.0.2', ts: 1 },
      { id: { orig_h: '10.0.0.1', resp_h: '10.0.0.2' }, ts: 1 },
      { ts: 1, peer: 'zeek', mem: 1, pkts_proc: 1 },
      { name: '/usr/local/zeek/base/init-bare.zeek' },
    ];
    for (const record of records) {
      expect(detectFormat(record, formats)).toEqual({ kind: 'format', format: zeek });
    }
  });

  it('leaves to others what is not its own', () => {
    const records: readonly unknown[] = [
      null,
      1,
      'process_exec',
      [],
      {},
      { time: 'x', node_name: 'n' },
      { process_exec: 'text', time: 'x' },
      { process_exec: [], time: 'x' },
      { process_credentials_arg: { uid: 0 } },
      { process: { pid: 1 }, time: 'x' },
      { rule: 'r', priority: 'Error', output: 'o', winlog: {} },
      { rule: { id: 'r' }, output_fields: {} },
      { HostPID: 1, ProcessName: '/bin/x' },
      { Operation: 'Process', ProcessName: '/bin/x' },
      { Type: 'Message', Message: 'of anybody' },
      { __proto__: null },
    ];
    for (const record of records) {
      expect(detectFormat(record, formats)).toEqual({ kind: 'unknown' });
    }
  });

  it('says so when two formats claim a record', () => {
    const twin: Format = { ...tetragon, id: 'twin' };
    const record = { process_exec: {}, time: 'x' };
    expect(detectFormat(record, [tetragon, twin])).toEqual({
      kind: 'ambiguous',
      ids: ['tetragon', 'twin'],
    });
  });
});

describe('detectText', () => {
  const text: Format = { ...tetragon, id: 'text', sniffText: (line) => line.startsWith('a') };

  it('finds the one format of a line, and says so when there are two', () => {
    expect(detectText('abc', [tetragon, text])).toEqual({ kind: 'format', format: text });
    expect(detectText('bcd', [tetragon, text])).toEqual({ kind: 'unknown' });
    const twin = { ...text, id: 'twin' };
    expect(detectText('abc', [text, twin])).toEqual({ kind: 'ambiguous', ids: ['text', 'twin'] });
  });
});

describe('formatsLike', () => {
  it('says what a record that nobody claims resembles', () => {
    const like = (record: unknown) => formatsLike(record, formats);
    expect(like({ rule: 'r', priority: 'Error', text: 'x' })).toEqual(['falco']);
    expect(like({ verb: 'get', requestURI: '/', stage: 's' })).toEqual(['audit']);
    expect(like({ process: {}, parent: {} })).toContain('tetragon');
    expect(like({ level: 'info', message: 'x' })).toEqual([]);
    for (const none of [null, 7, 'rule', []]) expect(like(none)).toEqual([]);
  });
});

describe('the registry', () => {
  it('is alphabetical and finds a format by its id', () => {
    const ids = formats.map((format) => format.id);
    expect(ids).toEqual(ids.toSorted());
    expect(formatOf('tetragon')).toBe(tetragon);
    expect(formatOf('nothing')).toBeUndefined();
  });
});
