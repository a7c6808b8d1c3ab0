import { clauseText } from '../../query/clauseText.ts';
import { eventTypeNames } from '../../query/eventTypes.ts';
import { type Filter, fieldNames } from '../../query/filter.ts';
import { parseFilter } from '../../query/parseFilter.ts';

/**
 * Records, and everything that can be asked about them: for tests that a filter says of a record the same by every road, from
 * the store, in a pipe, over a tree on a terminal and over columns in the page. All of it is invented.
 */

type JsonMap = Readonly<Record<string, unknown>>;

const container = { id: `containerd://${'c0ffee'.repeat(8)}`, name: 'press' };
const pod = { namespace: 'orchard', name: 'pear-0', container, workload: 'pear' };
const process = {
  exec_id: 'cXVheS03OjE1MDMyMDExODIyMTo1MjAx',
  pid: 5201,
  uid: 1000,
  cwd: '/srv/fruit',
  binary: '/usr/bin/curl',
  arguments: '-d "a\\b" https://plum.example/x',
  start_time: '2026-04-02T10:02:06.320118221Z',
};
const inPod = { ...process, pod };
/** Where a record does not name its node, an id may. */
const nowhere = { ...process, exec_id: 'b3BhcXVl' };
const ends = { source_ip: '10.1.2.3', source_port: 40_001, destination_port: 443 };
const called = { ...ends, destination_ip: '203.0.113.9', protocol: 'TCP' };
const named = { ...called, destination_names: ['plum.example.'] };
const question = { names: ['fig.example.'], qtypes: ['A'] };
const answer = { ...question, response: true, rcode: 0, ips: ['203.0.113.77', '2001:DB8::77'] };

/** Logs of one record, each by what is odd about it. */
export const oneRecordLogs: ReadonlyMap<string, string> = new Map([
  ['says everything', line('process_exec', { process: inPod })],
  ['is of the host', line('process_exec', { process })],
  ['names no node', line('process_exec', { process: { ...nowhere, pod } }, {})],
  ['is of the host and names no node', line('process_exec', { process: nowhere }, {})],
  ['has nothing but an id', line('process_exec', { process: { exec_id: process.exec_id } })],
  ['has no arguments', line('process_exec', { process: { ...inPod, arguments: '' } })],
  ['has a container without a name', exec({ pod: { ...pod, container: { id: container.id } } })],
  ['knows its container by a truncated id', exec({ pod: podAlone(), docker: 'c0ffeec0ffeec0f' })],
  ['has a pod and no container', exec({ pod: podAlone() })],
  ['has a pod without a namespace', exec({ pod: { name: 'pear-0' } })],
  ['says that it ended', line('process_exit', { process: inPod, status: 7 })],
  ['calls somebody who has a name', line('process_connect', { process: inPod, ...named })],
  ['calls somebody without a name', line('process_connect', { process, ...called })],
  ['was called by either end', line('process_accept', { process: inPod, ...called })],
  ['listens', line('process_listen', { process: inPod, ip: '0.0.0.0', port: 8080 })],
  ['asks for a name', line('process_dns', { process: inPod, dns: question })],
  ['answers a name', line('process_dns', { process: inPod, dns: answer })],
  ['answers a name nowhere', line('process_dns', { process: nowhere, dns: answer }, {})],
  ['is of no process', line('process_throttle', { type: 'THROTTLE_START', cgroup: 'kubepods' })],
  [
    'was reported for a policy',
    line('process_kprobe', { process: inPod, function_name: 'do_mount', policy_name: 'mounts' }),
  ],
  ['is of a kind that we have no word for', line('process_icmp', { process: inPod })],
]);

function exec(over: JsonMap): string {
  return line('process_exec', { process: { ...process, ...over } });
}

function podAlone(): JsonMap {
  return { namespace: pod.namespace, name: pod.name };
}

function line(label: string, body: JsonMap, where: JsonMap = { node_name: 'quay-7' }): string {
  return JSON.stringify({ [label]: body, ...where, time: '2026-04-02T10:03:00.5Z' });
}

/**
 * Such a log without some of what it says, chosen by number. What has lost its id is of no process; what nobody can read is
 * of nothing, by every road.
 */
export function leavingOut(log: string, places: readonly number[]): string {
  const record: unknown = JSON.parse(log);
  const paths = pathsIn(record).filter((path) => path.includes('.') || path === 'node_name');
  const left = places.flatMap((place) => paths[place % paths.length] ?? []);
  return JSON.stringify(without(record, new Set(left)));
}

/** Paths of the members of an object, to any depth: `process_exec.process.pid`. */
function pathsIn(value: unknown, above = ''): readonly string[] {
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const path = above === '' ? key : `${above}.${key}`;
    return [path, ...pathsIn(each, path)];
  });
}

function without(value: unknown, paths: ReadonlySet<string>, above = ''): unknown {
  if (!isMap(value)) return value;
  const kept: [string, unknown][] = [];
  for (const [key, each] of Object.entries(value)) {
    const path = above === '' ? key : `${above}.${key}`;
    if (!paths.has(path)) kept.push([key, without(each, paths, path)]);
  }
  return Object.fromEntries(kept);
}

export interface Question {
  readonly text: string;
  readonly filter: Filter;
}

/**
 * Every field compared with every text of a record, with parts of them, with nothing, and with what is in no record; and each
 * of these as free text.
 */
export function questionsAbout(record: string): readonly Question[] {
  const texts = new Set(['', 'quay-7', 'no such thing', '0', '53', ...eventTypeNames('exec')]);
  const told: unknown = JSON.parse(record);
  for (const text of textsIn(told)) {
    texts.add(text).add(text.slice(text.lastIndexOf('/') + 1));
    texts.add(text.slice(1)).add(text.toLowerCase());
  }
  const questions: Question[] = [];
  for (const value of texts) {
    for (const field of fieldNames) {
      for (const operator of ['=', 'contains'] as const) {
        const clause = { field, operator, value };
        const filter: Filter = { kind: 'clauses', clauses: [clause] };
        questions.push({ text: clauseText(clause), filter });
      }
    }
    const free = parseFilter(value);
    if (free.ok && free.filter.kind === 'text')
      questions.push({ text: value, filter: free.filter });
  }
  return questions;
}

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isMap(value)) return [String(value)];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)]);
}

function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
