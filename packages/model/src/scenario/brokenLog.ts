import { nanos } from '../event/time.ts';
import { type BrokenCast, createBrokenCast } from './brokenCast.ts';
import { type BrokenDefects, tell, tellExec, tellExit, writeDefects } from './brokenProcesses.ts';
import { type BrokenWriter, createBrokenWriter, type ExpectedLedger } from './brokenWriter.ts';
import { createRandom } from './random.ts';
import { after } from './timeline.ts';
import { createProcess, eventText, type ScenarioProcess } from './writer.ts';

export type BrokenTruth = {
  /** Of the file as a whole, when it is the first of its case. */
  readonly ledger: ExpectedLedger;
  /** Records stored that say what another says, in other bytes. */
  readonly sameAs: number;
  readonly cluster: string;
  readonly node: string;
  readonly namespace: string;
  readonly pod: string;
  readonly mainExecId: string;
  readonly defects: BrokenDefects;
  /** The same process under the id of its exec and under the one an agent's restart gave it. */
  readonly reobserved: readonly { readonly live: string; readonly procFs: string }[];
  /** One exec_id, two boots of the node: two processes. */
  readonly twoBoots: string;
  /** Told by `rate_limit_info`. */
  readonly droppedEvents: number;
  /** The cgroup whose throttling began and, once, ended. */
  readonly throttledCgroup: string;
  /** A kind that no version of ours knows. */
  readonly unknownKind: { readonly kind: string; readonly execId: string };
  /** Events that name no process. */
  readonly unattributed: number;
};

export type BrokenLog = {
  /** The file: encode it as UTF-8. It does not end with a newline. */
  readonly text: string;
  readonly truth: BrokenTruth;
};

/** One file with what real files suffer from, and what must become of each piece. */
export function generateBrokenLog(seed: number): BrokenLog {
  const cast = createBrokenCast(createRandom(seed));
  const writer = createBrokenWriter();
  const { main, shim, systemd } = cast;

  // A byte order mark is a separator, no record.
  const opening = '# exported from edge-1 by hand, {not json}';
  writer.put(`\ufeff${opening}`, 'skipped');
  writer.put('root@edge:~# kubectl logs -n kube-system ds/tetragon -c export-stdout', 'skipped');
  writer.put(tellExec(systemd), 'stored');
  writer.put('time="2026-02-09T03:21:38Z" level=info msg="Starting export"', 'skipped');
  writer.put(tellExec(shim), 'stored', '\r\n');
  writer.put(tellExec(main), 'stored', '\r\n');
  writer.put('', 'blank', '\r\n');
  const { lines, defects } = writeDefects(cast);
  for (const line of lines) writer.put(line, 'stored');

  writeDamage(writer, cast);
  repeatRecords(writer, cast, opening);
  const gaps = writeGaps(writer, cast);
  const reobserved = restartAgent(writer, cast);
  const twoBoots = reboot(writer, cast);
  writer.put(tellExec(cast.child(9_990, 90, '/bin/cut-off')).slice(0, 140), 'quarantined', '');

  return {
    text: writer.text(),
    truth: {
      ledger: writer.ledger(),
      sameAs: 2,
      cluster: cast.node.cluster,
      node: cast.node.name,
      namespace: cast.container.pod.namespace,
      pod: cast.container.pod.name,
      mainExecId: main.execId,
      defects,
      reobserved,
      twoBoots,
      ...gaps,
    },
  };
}

const BAD_JSON = '{"process_exec":{"process":{"pid":9201,}},"node_name":"edge-1"}';

/** Damage to the text itself: what follows each piece must be untouched by it. */
function writeDamage(writer: BrokenWriter, cast: BrokenCast): void {
  writer.put(BAD_JSON, 'quarantined');
  writer.put(tellExec(cast.child(9_202, 50, '/bin/after-bad-json')), 'stored');
  const unterminated = '{"process_exec":{"process":{"binary":"/bin/tr","arguments":"never closed';
  writer.put(unterminated, 'quarantined');
  writer.put(tellExec(cast.child(9_203, 51, '/bin/after-unterminated')), 'stored');
  writer.put('', 'blank');
  const indented = JSON.stringify(
    JSON.parse(tellExec(cast.child(9_204, 52, '/bin/pretty', { arguments: '} {' }))),
    null,
    2,
  );
  writer.put(indented, 'stored');
  writer.put(`17: ${tellExec(cast.child(9_205, 53, '/bin/numbered'))}`, 'stored');
  writer.put(
    '\u26a0\ufe0f  Defaulted container "export-stdout" out of: export-stdout, agent',
    'skipped',
  );
}

/** The same bytes again, whatever became of them, and the same statement in other bytes. */
function repeatRecords(writer: BrokenWriter, cast: BrokenCast, opening: string): void {
  const { main } = cast;
  writer.put(tellExec(main), 'duplicate');
  writer.put(tellExec(main), 'duplicate', '\r\n');
  writer.put(BAD_JSON, 'duplicate');
  const twin = cast.child(9_300, 55, '/bin/twin');
  writer.put(tellExec(twin), 'stored');
  writer.put(opening, 'duplicate');
  writer.put(tellExec(twin, { refcnt: 4294967295 }), 'stored');
  const podless = tellExec(twin, { refcnt: 2 }).replace(/,"pod":\{.*?(,"docker":)/, '$1');
  writer.put(podless, 'stored');
  writer.put('   \t', 'blank');
}

/** The agent's own words about what it left out, and events it could not attribute. */
function writeGaps(writer: BrokenWriter, cast: BrokenCast) {
  const { node, at, main, container } = cast;
  const droppedEvents = 1283;
  writer.put(
    eventText(
      node,
      at(56),
      'rate_limit_info',
      `{"number_of_dropped_process_events":"${droppedEvents}"}`,
    ),
    'stored',
  );
  const throttledCgroup = `cri-containerd-${container.id}.scope`;
  for (const [seconds, type] of [
    [57, 'THROTTLE_START'],
    [59, 'THROTTLE_STOP'],
    [61, 'THROTTLE_START'],
  ] as const) {
    const body = `{"type":"${type}","cgroup":"${throttledCgroup}"}`;
    writer.put(eventText(node, at(seconds), 'process_throttle', body), 'stored');
  }
  const kind = 'process_quantum_leap';
  writer.put(tell(main, kind, at(62), ',"destination":"1955","flux":"1210000000"'), 'stored');
  const unattributed = [
    eventText(
      node,
      at(63),
      'process_kprobe',
      '{"process":{},"function_name":"security_bprm_check","action":"KPROBE_ACTION_POST"}',
    ),
    eventText(
      node,
      at(64),
      'process_exit',
      '{"process":{"pid":77001,"start_time":"2026-02-09T01:00:00Z"},"status":1}',
    ),
  ];
  for (const line of unattributed) writer.put(line, 'stored');
  return {
    droppedEvents,
    throttledCgroup,
    unknownKind: { kind, execId: main.execId },
    unattributed: unattributed.length,
  };
}

/** The agent comes back and lists what runs: 10 ms clock, new ids for old processes. */
function restartAgent(writer: BrokenWriter, cast: BrokenCast): BrokenTruth['reobserved'] {
  const { node, shim, main, systemd } = cast;
  const relist = (process: ScenarioProcess, parent: ScenarioProcess): ScenarioProcess => {
    const ktime = ((process.start - node.boot) / 10_000_000n) * 10_000_000n;
    return createProcess({
      node,
      pid: process.pid,
      start: nanos(node.boot + ktime),
      binary: process.binary,
      arguments: process.arguments,
      cwd: process.cwd,
      uid: process.uid,
      flags: 'procFS auid rootcwd',
      parent,
      container: process.container,
      insidePid: process.insidePid,
    });
  };
  const againShim = relist(shim, systemd);
  const againMain = relist(main, againShim);
  for (const process of [againShim, againMain]) {
    writer.put(tell(process, 'process_exec', cast.at(70)), 'stored');
  }
  return [
    { live: shim.execId, procFs: againShim.execId },
    { live: main.execId, procFs: againMain.execId },
  ];
}

/** A day later the node has booted anew: PID 1 gets the id it had. */
function reboot(writer: BrokenWriter, cast: BrokenCast): string {
  const node = { ...cast.node, boot: after(cast.node.boot, 86_400 + 41.5) };
  const systemd = createProcess({
    node,
    pid: 1,
    start: nanos(node.boot + 60_000_000n),
    binary: cast.systemd.binary,
    flags: 'procFS auid rootcwd',
  });
  const sshd = createProcess({
    node,
    pid: 912,
    start: after(node.boot, 21.4),
    binary: '/usr/sbin/sshd',
    arguments: '-D',
    parent: systemd,
  });
  writer.put(tell(systemd, 'process_exec', after(node.boot, 30)), 'stored');
  writer.put(tellExec(sshd), 'stored');
  writer.put(tellExit(sshd, 5, ',"signal":"SIGTERM"'), 'stored');
  return systemd.execId;
}
