import { describe, expect, test } from 'vitest';
import { asFields, type Fields, inner, instantOf, number, text } from '../testing/readLines.ts';
import { agents, type ExpectedProcess } from './expected.ts';
import { type IncidentFile, tellIncident } from './tellIncident.ts';

const SEEDS = [1, 7, 42];
const { files, expected } = tellIncident({ seed: 7 });
const { parts } = expected;

const linesOf = (file: IncidentFile | undefined): string[] =>
  (file?.text ?? '').split('\n').slice(0, -1);
const parsed = (file: IncidentFile): Fields[] =>
  linesOf(file).map((line) => asFields(JSON.parse(line)));
const recordsOf = (dialect: string, among: readonly IncidentFile[] = files): Fields[] =>
  among.filter((file) => file.dialect === dialect).flatMap(parsed);
const processOf = (execId: string | undefined): ExpectedProcess | undefined =>
  expected.processes.find((process) => process.execId === execId);
const lineAt = (place: { readonly path: string; readonly line: number }): string =>
  linesOf(files.find(({ path }) => path === place.path))[place.line - 1] ?? '';
/** Nanoseconds written as a number beyond 2^53, read from the text. */
const digitsOf = (line: string, key: string): bigint =>
  BigInt(new RegExp(`"${key.replaceAll('.', '\\.')}":(\\d+)`).exec(line)?.[1] ?? '-1');
const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const far = (a: bigint, b: bigint): bigint => (a < b ? b - a : a - b);
const SECOND = 1_000_000_000n;

describe('the files', () => {
  test('are the same for the same seed, others for another one', () => {
    expect(tellIncident({ seed: 7 })).toEqual({ files, expected });
    expect(tellIncident({ seed: 8 }).files).not.toEqual(files);
  });

  test('of an agent do not depend on who else tells', () => {
    for (const agent of agents) {
      const alone = tellIncident({ seed: 7, agents: [agent] });
      expect(alone.files).toEqual(files.filter(({ dialect }) => dialect === agent));
      expect(alone.expected).toEqual(expected);
      expect(alone.files.length).toBeGreaterThan(0);
    }
  });

  test('are Tetragon by node, Zeek by pod and stream, the others one each', () => {
    const paths = files.map(({ path }) => path.replace(/(checkout|quotes)-[^/]+/, '$1'));
    expect(paths.toSorted()).toEqual([
      'audit/audit.log',
      'falco/falco.log',
      'hubble/events.log',
      'kubearmor/kubearmor.log',
      'tetragon/worker-1/tetragon.log',
      'tetragon/worker-2/tetragon.log',
      'zeek/checkout/conn.log',
      'zeek/checkout/dns.log',
      'zeek/checkout/ssl.log',
      'zeek/quotes/conn.log',
      'zeek/quotes/dns.log',
      'zeek/search-0/conn.log',
      'zeek/search-0/dns.log',
    ]);
  });

  test.each(SEEDS)('hold one JSON object per line, in the order of writing (seed %d)', (seed) => {
    for (const file of tellIncident({ seed }).files) {
      expect(file.text.endsWith('}\n')).toBe(true);
      const times = parsed(file).map((record) => writtenAt(file, record));
      // Per-CPU buffers of Tetragon disorder up to two milliseconds.
      const slack = file.dialect === 'tetragon' ? 2_000_000n : 0n;
      for (const [index, time] of times.entries()) {
        expect(time).toBeGreaterThan(0n);
        if (index > 0) expect(time + slack).toBeGreaterThanOrEqual(times[index - 1] ?? 0n);
      }
    }
  });
});

/** When the agent wrote the record; a Zeek's conn.log tells when a conversation began, but is written when it is over. */
function writtenAt({ dialect, path }: IncidentFile, record: Fields): bigint {
  if (dialect === 'kubearmor') return instantOf(text(record, 'UpdatedTime'));
  if (dialect === 'audit') return instantOf(text(record, 'stageTimestamp'));
  if (dialect !== 'zeek') return instantOf(text(record, 'time'));
  if (path.endsWith('conn.log')) return 1n;
  return BigInt(Math.round((number(record, 'ts') + (number(record, 'rtt') || 0)) * 1e6));
}

describe('Tetragon', () => {
  test('tells every expected process, and no other', () => {
    const told = new Set<string>();
    for (const record of recordsOf('tetragon')) {
      const body = asFields(Object.values(record)[0]);
      for (const process of [inner(body, 'process'), inner(body, 'parent')]) {
        if (text(process, 'exec_id') !== '') told.add(text(process, 'exec_id'));
      }
    }
    expect([...told].toSorted()).toEqual(expected.processes.map((p) => p.execId).toSorted());
    expect(expected.processes.filter(({ kind }) => kind === 'fork')).toHaveLength(3);
  });

  test('knows neither names nor the refused exec', () => {
    const tetragon = files.filter(({ dialect }) => dialect === 'tetragon').map(({ text }) => text);
    for (const log of tetragon) {
      expect(log).not.toMatch(/process_dns|"tls"|destination_names/);
      expect(log).not.toContain(expected.refused.binary);
      expect(log).not.toContain(`"pid":${expected.refused.pid},`);
    }
  });

  test('shows the entrypoint, its exec in place and the host process in one PID', () => {
    const images = expected.processes.filter(
      ({ pid, node }) =>
        pid === processOf(parts.entrypoint)?.pid && node === processOf(parts.entrypoint)?.node,
    );
    expect(images.map(({ binary, pod }) => [binary, pod !== ''])).toEqual([
      ['/proc/self/exe', false],
      ['/bin/bash', true],
      ['/usr/local/bin/node', true],
    ]);
  });
});

describe('the execs of Falco and KubeArmor', () => {
  test.each(SEEDS)('pair with the Tetragon image of that node, PID and name (seed %d)', (seed) => {
    const incident = tellIncident({ seed });
    const byId = new Map(incident.expected.processes.map((process) => [process.execId, process]));
    const byPath = new Map(incident.files.map((file) => [file.path, linesOf(file)]));
    expect(incident.expected.pairs.length).toBeGreaterThan(100);
    for (const { path, line, execId, agent } of incident.expected.pairs) {
      const record = byPath.get(path)?.[line - 1] ?? '';
      const process = byId.get(execId);
      const at = agent === 'falco' ? digitsOf(record, 'evt.time') : updatedAt(record);
      const pid = digitsOf(record, agent === 'falco' ? 'proc.pid' : 'HostPID');
      const fields = asFields(JSON.parse(record));
      const found = agent === 'falco' ? inner(fields, 'output_fields') : fields;
      const node = text(fields, agent === 'falco' ? 'hostname' : 'HostName');
      const binary = text(found, agent === 'falco' ? 'proc.exepath' : 'ProcessName');
      expect([node, Number(pid), binary]).toEqual([process?.node, process?.pid, process?.binary]);
      expect(at).toBeGreaterThan(process?.start ?? 0n);
      expect(far(at, process?.start ?? 0n)).toBeLessThan(SECOND / 100n);
    }
  });

  test('leave out the host, and nothing of the containers that began while they watched', () => {
    const seen = expected.processes.filter(({ kind, pod }) => kind === 'exec' && pod !== '');
    for (const agent of ['falco', 'kubearmor']) {
      const paired = new Set(
        expected.pairs.filter((pair) => pair.agent === agent).map(({ execId }) => execId),
      );
      expect([...paired].toSorted()).toEqual(seen.map(({ execId }) => execId).toSorted());
    }
  });

  test('of Falco name the parent that Tetragon names, or who adopted the child', () => {
    for (const { path, line, execId, agent } of expected.pairs) {
      if (agent !== 'falco') continue;
      const record = lineAt({ path, line });
      const process = processOf(execId);
      const parent = processOf(process?.parentExecId);
      const ppid = Number(digitsOf(record, 'proc.ppid'));
      if (parent?.pid === process?.pid) expect(ppid).not.toBe(process?.pid);
      else expect(ppid).toBe(parent?.pid);
      expect(digitsOf(record, 'proc.ppid.ts')).toBeLessThan(digitsOf(record, 'proc.pid.ts'));
    }
  });

  test('of Falco give a life one fork time, whatever image it has', () => {
    const born = new Map<string, Set<bigint>>();
    for (const file of files.filter(({ dialect }) => dialect === 'falco')) {
      for (const line of linesOf(file).filter((each) => each.includes('"proc.pid"'))) {
        const node = text(asFields(JSON.parse(line)), 'hostname');
        for (const [pid, ts] of [
          ['proc.pid', 'proc.pid.ts'],
          ['proc.ppid', 'proc.ppid.ts'],
        ] as const) {
          const key = `${node} ${digitsOf(line, pid)}`;
          born.set(key, (born.get(key) ?? new Set()).add(digitsOf(line, ts)));
        }
      }
    }
    for (const times of born.values()) expect(times.size).toBe(1);
    const { node, pid } = processOf(parts.entrypoint) ?? {};
    expect(born.has(`${node} ${pid}`)).toBe(true);
  });

  test('name containers by a prefix of one id: twelve digits, thirty-one, all', () => {
    const whole = new Set(recordsOf('kubearmor').map((record) => text(record, 'ContainerID')));
    expect(whole.size).toBe(3);
    const within = (id: string): boolean => [...whole].some((one) => one.startsWith(id));
    const short = recordsOf('falco').map((record) =>
      text(inner(record, 'output_fields'), 'container.id'),
    );
    expect(short.filter((id) => id !== '').every((id) => id.length === 12 && within(id))).toBe(
      true,
    );
    const system = new Set<string>();
    for (const record of recordsOf('tetragon')) {
      const process = inner(asFields(Object.values(record)[0]), 'process');
      const docker = text(process, 'docker');
      if (docker !== '' && !within(docker)) system.add(text(process, 'binary'));
    }
    expect([...system]).toEqual(['/coredns']);
  });

  test('of KubeArmor mark what an exec into the container started, and only that', () => {
    const marked = new Set<string>();
    for (const { path, line, execId, agent } of expected.pairs) {
      if (agent === 'kubearmor' && lineAt({ path, line }).includes('"ExecEvent"'))
        marked.add(execId);
    }
    expect(marked.has(parts.shell)).toBe(true);
    expect(marked.has(parts.implant)).toBe(true);
    expect(marked.has(parts.listing)).toBe(true);
    expect(marked.has(parts.entrypointInPlace)).toBe(false);
    expect(marked.has(parts.neighbourShell)).toBe(false);
  });
});

function updatedAt(line: string): bigint {
  return instantOf(text(asFields(JSON.parse(line)), 'UpdatedTime'));
}

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
