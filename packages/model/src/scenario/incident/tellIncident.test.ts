import { describe, expect, test } from 'vitest';
import {
  digitsOf,
  lineAt as lineIn,
  linesOf,
  parsedLines,
  recordsOf as recordsIn,
} from '../testing/readFiles.ts';
import { asFields, type Fields, inner, instantOf, number, text } from '../testing/readLines.ts';
import { agents, type ExpectedProcess } from './expected.ts';
import { type IncidentFile, tellIncident } from './tellIncident.ts';

const SEEDS = [1, 7, 42];
const SECOND = 1_000_000_000n;
const { files, expected } = tellIncident({ seed: 7 });
const { parts } = expected;

const recordsOf = (dialect: string): Fields[] => recordsIn(files, dialect);
const lineAt = (place: { readonly path: string; readonly line: number }): string =>
  lineIn(files, place);
const processOf = (execId: string | undefined): ExpectedProcess | undefined =>
  expected.processes.find((process) => process.execId === execId);
const far = (a: bigint, b: bigint): bigint => (a < b ? b - a : a - b);

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
      const times = parsedLines(file).map((record) => writtenAt(file, record));
      // Per-CPU buffers of Tetragon disorder up to two milliseconds.
      const slack = file.dialect === 'tetragon' ? 2_000_000n : 0n;
      let last = 0n;
      for (const time of times) {
        expect(time).toBeGreaterThan(0n);
        expect(time + slack).toBeGreaterThanOrEqual(last);
        last = time;
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
    for (const { text: log } of files.filter(({ dialect }) => dialect === 'tetragon')) {
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

  test('tell the images of one life one after another', () => {
    for (const agent of ['falco', 'kubearmor']) {
      const mine = expected.pairs.filter((pair) => pair.agent === agent);
      const lineOf = (id: string) => mine.findIndex(({ execId }) => execId === id);
      expect(lineOf(parts.entrypoint)).toBeGreaterThanOrEqual(0);
      expect(lineOf(parts.entrypointInPlace)).toBeGreaterThan(lineOf(parts.entrypoint));
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
      // Of an exec in place Tetragon's parent is the image before it, in the same process.
      const inPlace = parent?.pid === process?.pid;
      const owner = inPlace ? processOf(ownerOf(parent)?.parentExecId) : parent;
      expect(Number(digitsOf(record, 'proc.ppid'))).toBe(owner?.pid);
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

/** The first image of the process that had this one. */
function ownerOf(image: ExpectedProcess | undefined): ExpectedProcess | undefined {
  const before = processOf(image?.parentExecId);
  return before !== undefined && before.pid === image?.pid ? ownerOf(before) : image;
}

function updatedAt(line: string): bigint {
  return instantOf(text(asFields(JSON.parse(line)), 'UpdatedTime'));
}
