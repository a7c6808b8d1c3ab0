import { describe, expect, test } from 'vitest';
import { lineAt as lineIn, recordsOf as recordsIn } from '../testing/readFiles.ts';
import { asFields, type Fields, inner, instantOf, number, text } from '../testing/readLines.ts';
import type { ExpectedProcess } from './expected.ts';
import { type IncidentFile, tellIncident } from './tellIncident.ts';

const SEEDS = [1, 7, 42];
const SECOND = 1_000_000_000n;
const { files, expected } = tellIncident({ seed: 7 });
const { parts } = expected;

const recordsOf = (dialect: string, among: readonly IncidentFile[] = files): Fields[] =>
  recordsIn(among, dialect);
const lineAt = (place: { readonly path: string; readonly line: number }): string =>
  lineIn(files, place);
const processOf = (execId: string | undefined): ExpectedProcess | undefined =>
  expected.processes.find((process) => process.execId === execId);
const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

describe('alerts', () => {
  test('are Falco’s stock rules and two policies of KubeArmor, each on its process', () => {
    const seen = expected.alerts.map(({ agent, rule, execId, blocked }) => [
      agent,
      rule,
      processOf(execId)?.binary ?? '',
      blocked,
    ]);
    expect(seen).toEqual([
      ['falco', 'Attach/Exec Pod', '', false],
      ['falco', 'Attach/Exec Pod', '', false],
      ['falco', 'Terminal shell in container', '/bin/bash', false],
      ['falco', 'Drop and execute new binary in container', '/tmp/.x', false],
      ['falco', 'Read sensitive file untrusted', '/bin/cat', false],
      ['falco', 'Contact K8S API Server From Container', '/usr/bin/curl', false],
      ['falco', 'Contact K8S API Server From Container', '/usr/bin/curl', false],
      ['falco', 'Contact K8S API Server From Container', '/usr/bin/curl', false],
      ['kubearmor', 'audit-service-account-tokens', '/bin/cat', false],
      ['kubearmor', 'block-package-managers', '', true],
    ]);
  });

  test('stand in the line that is named', () => {
    for (const alert of expected.alerts) expect(lineAt(alert)).toContain(alert.rule);
  });

  test('the blocked exec is a child of the shell that nobody else saw', () => {
    const { refused } = expected;
    const blocked = expected.alerts.find((alert) => alert.blocked);
    const record = asFields(JSON.parse(blocked === undefined ? '' : lineAt(blocked)));
    expect(number(record, 'HostPID')).toBe(refused.pid);
    expect(number(record, 'HostPPID')).toBe(processOf(parts.shell)?.pid);
    expect(text(record, 'ProcessName')).toBe(refused.binary);
    expect(text(record, 'Result')).toBe('Permission denied');
    const log = files.find(({ dialect }) => dialect === 'falco')?.text ?? '';
    expect(log).not.toContain(`"proc.pid":${refused.pid},`);
  });
});

describe('connections', () => {
  const flows = recordsOf('hubble').map((record) => inner(record, 'flow'));
  const tcp = expected.connections.filter(({ protocol }) => protocol === 'TCP');
  const flowsOf = (ip: string, port: number): Fields[] =>
    flows.filter(
      (flow) =>
        (text(inner(flow, 'IP'), 'source') === ip &&
          number(inner(flow, 'l4', 'TCP'), 'source_port') === port) ||
        (text(inner(flow, 'IP'), 'destination') === ip &&
          number(inner(flow, 'l4', 'TCP'), 'destination_port') === port),
    );

  test('have flows of one verdict, seen at both pods where there are two', () => {
    for (const { client, verdict, server } of tcp) {
      const found = flowsOf(client.ip, client.port);
      expect(new Set(found.map((flow) => text(flow, 'verdict')))).toEqual(new Set([verdict]));
      const sides = new Set(found.map((flow) => text(flow, 'traffic_direction')));
      const both = server === undefined ? ['EGRESS'] : ['EGRESS', 'INGRESS'];
      expect(sides).toEqual(new Set(both));
    }
  });

  test('one was dropped, which Tetragon saw as a connect', () => {
    const dropped = tcp.filter(({ verdict }) => verdict === 'DROPPED');
    expect(dropped.map(({ execId, dialled }) => [execId, dialled.port])).toEqual([
      [parts.implant, 4444],
    ]);
    const connects = recordsOf('tetragon').filter(
      (record) => number(inner(record, 'process_connect'), 'destination_port') === 4444,
    );
    expect(
      connects.map((record) => text(inner(record, 'process_connect', 'process'), 'exec_id')),
    ).toEqual([parts.implant]);
    const reasons = flows.filter((flow) => text(flow, 'verdict') === 'DROPPED');
    expect(new Set(reasons.map((flow) => text(flow, 'drop_reason_desc')))).toEqual(
      new Set(['POLICY_DENIED']),
    );
    const conn = recordsOf('zeek').filter((record) => number(record, 'id.resp_p') === 4444);
    expect(conn.map((record) => text(record, 'conn_state'))).toEqual(['S0']);
  });

  test('are in the conn.log of the client’s pod with the bytes that Tetragon counted', () => {
    const conns = recordsOf('zeek').filter((record) => text(record, 'conn_state') !== '');
    for (const { client, dialled, sent, received } of expected.connections) {
      const mine = conns.filter(
        (conn) =>
          text(conn, 'id.orig_h') === client.ip &&
          number(conn, 'id.orig_p') === client.port &&
          text(conn, 'id.resp_h') === dialled.ip,
      );
      expect(mine.map((conn) => [number(conn, 'orig_bytes'), number(conn, 'resp_bytes')])).toEqual([
        [sent, received],
      ]);
    }
  });

  test('to the attacker have their name from Hubble and Zeek alone', () => {
    const named = tcp.filter(({ dialled }) => dialled.ip === expected.domainIp);
    expect(named).toHaveLength(4);
    for (const { name } of named) expect(name).toBe(expected.domain);
    for (const { client } of named) {
      const outward = flowsOf(client.ip, client.port).filter((flow) => flow['is_reply'] === false);
      for (const flow of outward) expect(flow['destination_names']).toEqual([expected.domain]);
    }
    const asked = recordsOf('zeek').filter((record) => text(record, 'query') === expected.domain);
    expect(
      asked.some((record) => JSON.stringify(record['answers']).includes(expected.domainIp)),
    ).toBe(true);
    const hello = recordsOf('zeek').map((record) => text(record, 'server_name'));
    expect(new Set(hello.filter((name) => name !== ''))).toEqual(new Set([expected.domain]));
  });

  test('a direct one has no name', () => {
    expect(tcp.filter(({ name }) => name === '').map(({ dialled }) => dialled.port)).toEqual([
      4444, 443, 443, 443,
    ]);
  });

  test('carry the neighbour’s data in through its service, and out', () => {
    const hop = tcp.find(({ client }) => client.port === expected.collectorPort);
    expect(hop?.execId).toBe(parts.collector);
    expect(hop?.server?.execId).toBe(parts.java);
    expect(hop?.received).toBeGreaterThan(3_000_000);
    const out = tcp.find(({ execId }) => execId === parts.exfiltrator);
    expect(out?.sent).toBe(expected.exfilBytes);
  });
});

describe('the audit log', () => {
  const events = recordsOf('audit');
  const about = (resource: string, subresource = ''): Fields[] =>
    events.filter(
      (event) =>
        text(inner(event, 'objectRef'), 'resource') === resource &&
        text(inner(event, 'objectRef'), 'subresource') === subresource,
    );

  test('tells a call in stages with one id, an exec in three', () => {
    const stages = Map.groupBy(events, (event) => text(event, 'auditID'));
    for (const of of stages.values()) {
      const isExec = text(inner(of[0] ?? {}, 'objectRef'), 'subresource') === 'exec';
      const middle = isExec ? ['ResponseStarted'] : [];
      expect(of.map((event) => text(event, 'stage'))).toEqual([
        'RequestReceived',
        ...middle,
        'ResponseComplete',
      ]);
    }
  });

  test.each(SEEDS)(
    'receives every exec within five seconds before its process (seed %d)',
    (seed) => {
      const incident = tellIncident({ seed });
      expect(incident.expected.authors).toHaveLength(2);
      for (const author of incident.expected.authors) {
        const call = recordsOf('audit', incident.files).find(
          (event) => text(event, 'auditID') === author.auditId,
        );
        const received = instantOf(text(call ?? {}, 'requestReceivedTimestamp'));
        const process = incident.expected.processes.find(({ execId }) => execId === author.execId);
        const late = (process?.start ?? 0n) - received;
        // 300 milliseconds of it are the difference of the clocks.
        expect(late).toBeGreaterThan(400_000_000n);
        expect(late).toBeLessThan(SECOND);
        expect(baseOf(process?.binary ?? '')).toBe(author.command[0]);
        expect(process?.arguments).toBe(author.command.slice(1).join(' '));
      }
    },
  );

  test('an API server whose clock is ahead seems to be told of the shell after it began', () => {
    const ahead = tellIncident({ seed: 7, apiServerAheadMs: 300, agents: ['audit'] });
    const call = recordsOf('audit', ahead.files).find(
      (event) => text(event, 'auditID') === expected.authors[0]?.auditId,
    );
    const received = instantOf(text(call ?? {}, 'requestReceivedTimestamp'));
    expect(received).toBeGreaterThan(processOf(parts.shell)?.start ?? 0n);
  });

  test('knows who opened the shell, as whom, from where', () => {
    expect(expected.authors[0]).toMatchObject({
      execId: parts.shell,
      user: 'ci-deployer@shop.example',
      impersonating: 'platform-admin@shop.example',
      sourceIp: '198.51.100.77',
    });
    const execs = about('pods', 'exec');
    expect(new Set(execs.map((event) => text(event, 'verb')))).toEqual(new Set(['get', 'create']));
  });

  test('has the pods’ creation, and what the pod’s token was used for', () => {
    expect(about('pods')).toHaveLength(6);
    expect(about('pods', 'binding')).toHaveLength(6);
    for (const event of [...about('secrets'), ...about('rolebindings')]) {
      const user = inner(event, 'user');
      expect(text(user, 'username')).toBe('system:serviceaccount:shop:checkout');
      expect(inner(user, 'extra')['authentication.kubernetes.io/pod-name']).toEqual([
        processOf(parts.shell)?.pod,
      ]);
    }
    const codes = [...about('secrets'), ...about('rolebindings')]
      .filter((event) => text(event, 'stage') === 'ResponseComplete')
      .map((event) => number(inner(event, 'responseStatus'), 'code'));
    expect(codes).toEqual([200, 403, 201]);
  });
});
