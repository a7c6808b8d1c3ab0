import { expect, test } from 'vitest';
import { generateReverseShell } from './reverseShell.ts';
import {
  asFields,
  decodeExecId,
  findDangling,
  inner,
  instantOf,
  type Line,
  number,
  processesOf,
  readLines,
  text,
} from './testing/readLines.ts';

const { lines, truth } = generateReverseShell(7);
const events = readLines(lines);

const ownId = (line: Line): string => text(inner(line.body, 'process'), 'exec_id');
const execOf = (id: string) =>
  inner(
    events.find((line) => line.kind === 'process_exec' && ownId(line) === id)?.body ?? {},
    'process',
  );
const ofKind = (kind: string) => events.filter((line) => line.kind === kind);

test('the same seed gives the same log, another seed another one', () => {
  expect(generateReverseShell(7)).toEqual({ lines, truth });
  expect(generateReverseShell(8).lines).not.toEqual(lines);
});

test('is a log of two to five thousand lines that parse, none with a newline', () => {
  expect(lines.length).toBeGreaterThan(2000);
  expect(lines.length).toBeLessThan(5000);
  expect(lines.filter((line) => line.includes('\n'))).toEqual([]);
});

test('holds every kind of event of the story', () => {
  const kinds = new Set(events.map((line) => line.kind));
  expect([...kinds].toSorted()).toEqual([
    'process_accept',
    'process_close',
    'process_connect',
    'process_dns',
    'process_exec',
    'process_exit',
    'process_kprobe',
    'process_listen',
    'process_sock_stats',
    'tls',
  ]);
  expect(ofKind('process_exit').some((line) => text(line.body, 'signal') === 'SIGKILL')).toBe(true);
});

test('names the cluster on every line, and a parent for every process but PID 1', () => {
  for (const line of lines) expect(asFields(JSON.parse(line))['cluster_name']).toBe('kind-lab');
  expect(findDangling(events)).toEqual(new Set());
});

test('every exec_id holds the node, the PID and a ktime that agrees with the start time', () => {
  const boots = new Set<bigint>();
  for (const process of events.flatMap(processesOf)) {
    const { node, ktime, pid } = decodeExecId(text(process, 'exec_id'));
    expect(node).toBe(truth.node);
    expect(pid).toBe(number(process, 'pid'));
    boots.add(instantOf(text(process, 'start_time')) - ktime);
  }
  expect(boots.size).toBe(1);
});

test('no process starts before its parent', () => {
  const starts = new Map<string, bigint>();
  for (const process of events.flatMap(processesOf)) {
    starts.set(text(process, 'exec_id'), instantOf(text(process, 'start_time')));
  }
  const early = events.flatMap(processesOf).filter((process) => {
    const parent = starts.get(text(process, 'parent_exec_id'));
    return parent !== undefined && instantOf(text(process, 'start_time')) < parent;
  });
  expect(early).toEqual([]);
});

test('the shell appears 5 m 02 s after the main process, below node, in the crawler', () => {
  const shell = execOf(truth.lateShellExecId);
  const main = execOf(truth.crawlerMainExecId);
  const lateNs = instantOf(text(shell, 'start_time')) - instantOf(text(main, 'start_time'));
  expect(Number(lateNs) / 1e6).toBeCloseTo(truth.lateByMs, 6);
  expect(Math.floor(truth.lateByMs / 1000)).toBe(302);
  expect(text(shell, 'parent_exec_id')).toBe(truth.crawlerNodeExecId);
  expect(text(inner(shell, 'pod'), 'name')).toBe(truth.pod);
});

test('node replaces its entrypoint under the same PID', () => {
  const main = execOf(truth.crawlerMainExecId);
  const node = execOf(truth.crawlerNodeExecId);
  expect(number(node, 'pid')).toBe(number(main, 'pid'));
  expect(text(node, 'parent_exec_id')).toBe(truth.crawlerMainExecId);
  expect(number(inner(main, 'pod', 'container'), 'pid')).toBe(1);
});

test('the domain names one connection itself and another only through its DNS answer', () => {
  const outward = ofKind('process_connect').filter(
    (line) => text(line.body, 'destination_ip') === truth.domainIp,
  );
  const named = outward.filter((line) => Array.isArray(line.body['destination_names']));
  expect(named.map(ownId)).toEqual([truth.netcatExecId]);
  expect(outward.map(ownId)).toContain(truth.exfilExecId);
  for (const connect of outward) {
    const answer = ofKind('process_dns').find((line) => {
      const dns = inner(line.body, 'dns');
      return (
        ownId(line) === ownId(connect) && JSON.stringify(dns['ips'] ?? []).includes(truth.domainIp)
      );
    });
    expect(JSON.stringify(answer?.body)).toContain(`"${truth.domain}."`);
    expect(instantOf(answer?.time ?? '') < instantOf(connect.time)).toBe(true);
  }
});

test('the hop is told by both ends: client address and port, and the bytes', () => {
  const { hop } = truth;
  const connect = ofKind('process_connect').find(
    (line) => ownId(line) === hop.from.execId && number(line.body, 'destination_port') === hop.port,
  );
  const accept = ofKind('process_accept').find(
    (line) => number(line.body, 'source_port') === hop.clientPort,
  );
  expect(number(connect?.body ?? {}, 'source_port')).toBe(hop.clientPort);
  expect(ownId(accept ?? { kind: '', time: '', node: '', body: {} })).toBe(hop.to.execId);
  expect(text(accept?.body ?? {}, 'source_ip')).toBe(hop.from.ip);
  expect(text(accept?.body ?? {}, 'destination_ip')).toBe(hop.to.ip);
  expect(maxBytes(hop.from.execId, 'bytes_received')).toBe(hop.bytes);
  expect(maxBytes(hop.to.execId, 'bytes_sent')).toBe(hop.bytes);
  expect((hop.bytes / 1e6).toFixed(2)).toBe('4.80');
});

test('what was read leaves for the domain 20 s later', () => {
  expect(maxBytes(truth.exfilExecId, 'bytes_sent')).toBe(truth.exfilBytes);
  expect((truth.exfilBytes / 1e6).toFixed(2)).toBe('4.81');
  const closed = (id: string) =>
    ofKind('process_close').find((line) => ownId(line) === id && isLarge(line))?.time ?? '';
  const began = instantOf(text(execOf(truth.exfilExecId), 'start_time'));
  const apart = Number(began - instantOf(closed(truth.hop.from.execId))) / 1e9;
  expect(apart).toBeGreaterThan(18);
  expect(apart).toBeLessThan(22);
});

test('who called Elasticsearch is who connects to its service address', () => {
  const found = new Set(
    ofKind('process_connect')
      .filter((line) => text(line.body, 'destination_ip') === truth.elasticsearch.ip)
      .map((line) => {
        const process = inner(line.body, 'process');
        return JSON.stringify([
          text(inner(process, 'pod'), 'name'),
          text(process, 'binary'),
          number(process, 'pid'),
          text(process, 'docker'),
        ]);
      }),
  );
  const told = truth.callersOfElasticsearch.map((caller) =>
    JSON.stringify([caller.pod, caller.binary, caller.pid, caller.docker]),
  );
  expect([...found].toSorted()).toEqual(told.toSorted());
});

test('the workers are forks at +81 s: never executed, known from their connections', () => {
  for (const id of truth.workerExecIds) {
    expect(execOf(id)).toEqual({});
    const line = events.find((event) => ownId(event) === id);
    const worker = inner(line?.body ?? {}, 'process');
    const master = inner(line?.body ?? {}, 'parent');
    expect(text(worker, 'arguments')).toBe(text(master, 'arguments'));
    const late = instantOf(text(worker, 'start_time')) - instantOf(text(master, 'start_time'));
    expect(Math.round(Number(late) / 1e9)).toBe(81);
  }
});

test('the neighbour runs a shell below java that calls the domain itself', () => {
  const shell = execOf(truth.neighbour.shellExecId);
  expect(text(shell, 'parent_exec_id')).toBe(truth.hop.to.execId);
  const call = ofKind('process_connect').find(
    (line) =>
      ownId(line) === truth.neighbour.curlExecId &&
      text(line.body, 'destination_ip') === truth.domainIp,
  );
  expect(number(call?.body ?? {}, 'destination_port')).toBe(truth.neighbour.port);
});

test('the operator and the probes are injected, the attacker is not', () => {
  expect(execOf(truth.operatorShellExecId)['in_init_tree']).toBe(false);
  expect(execOf(truth.lateShellExecId)['in_init_tree']).toBe(true);
  const probes = ofKind('process_exec').filter(
    (line) => inner(line.body, 'process', 'pod', 'container')['maybe_exec_probe'] === true,
  );
  expect(probes.length).toBeGreaterThan(80);
  for (const probe of probes) expect(inner(probe.body, 'process')['in_init_tree']).toBe(false);
});

test('the setuid helper runs as root and says why', () => {
  const helper = execOf(truth.setuidExecId);
  expect(number(helper, 'uid')).toBe(0);
  expect(number(execOf(truth.interactiveShellExecId), 'uid')).toBe(1000);
  expect(JSON.stringify(helper['binary_properties'])).toContain(
    'PRIVILEGES_RAISED_EXEC_FILE_SETUID',
  );
});

test('resumes crashes into new containers of the same name', () => {
  const ids = new Set(
    ofKind('process_exec')
      .map((line) => inner(line.body, 'process', 'pod', 'container'))
      .filter((container) => text(container, 'name') === 'resumes')
      .map((container) => text(container, 'id')),
  );
  expect(ids.size).toBe(truth.resumesContainers);
});

function maxBytes(execId: string, counter: string): number {
  const seen = ofKind('process_sock_stats')
    .filter((line) => ownId(line) === execId)
    .map((line) => Number(text(inner(line.body, 'stats'), counter) || 0));
  return Math.max(...seen);
}

function isLarge(line: Line): boolean {
  return Number(text(inner(line.body, 'stats'), 'bytes_received') || 0) > 1e6;
}
