import type { Nanos } from '../event/time.ts';
import { type BrokenCast, HOSTILE } from './brokenCast.ts';
import { encodeExecId } from './execId.ts';
import { after } from './timeline.ts';
import { createProcess, eventText, processText, type ScenarioProcess } from './writer.ts';

export type Told = { readonly refcnt?: number; readonly withoutParent?: boolean };

/** One event's line about a process, with its parent embedded unless told otherwise. */
export function tell(
  process: ScenarioProcess,
  kind: string,
  at: Nanos,
  body = '',
  { refcnt = 1, withoutParent = false }: Told = {},
): string {
  const { parent } = process;
  const embedded =
    parent === undefined || withoutParent ? '' : `,"parent":${processText(parent, 3)}`;
  const text = `{"process":${processText(process, refcnt)}${embedded}${body}}`;
  return eventText(process.node, at, kind, text);
}

export function tellExec(process: ScenarioProcess, told: Told = {}): string {
  return tell(process, 'process_exec', process.start, '', told);
}

export function tellExit(process: ScenarioProcess, seconds: number, body = ''): string {
  return tell(process, 'process_exit', after(process.start, seconds), body);
}

/** Which exec_ids show which defect, under names a test can ask for. */
export type BrokenDefects = {
  /** Its parent is named and never described; the id tells the PID and the ktime. */
  readonly missingParent: { readonly child: string; readonly parent: string; readonly pid: number };
  readonly childBeforeParent: { readonly child: string; readonly parent: string };
  readonly braceInArguments: string;
  readonly exitWithoutExec: string;
  readonly refcntUnderflow: string;
  readonly selfParent: string;
  readonly kernelSelfParent: string;
  readonly cycle: readonly string[];
  readonly parentStartsLater: { readonly child: string; readonly parent: string };
  readonly hostChildOfContainer: string;
  readonly parentOnOtherNode: string;
  readonly pidReuse: readonly [first: string, second: string];
  readonly clockSkew: { readonly execId: string; readonly skewMs: number };
  readonly podAbsentAtFirst: string;
  readonly contradictingIdentity: string;
  readonly activityAfterExit: string;
  readonly truncatedArguments: string;
  readonly opaqueExecId: string;
  readonly withoutTime: string;
  readonly hostile: readonly string[];
};

/** Lines that are sound JSON and tell of impossible processes; each is to be stored. */
export function writeDefects(cast: BrokenCast): { lines: string[]; defects: BrokenDefects } {
  const { node, at, child, main } = cast;
  const lines: string[] = [];
  const idOf = (pid: number, seconds: number, name = node.name): string =>
    encodeExecId(name, at(seconds) - node.boot, pid);

  const unseen = idOf(8_901, 3.000_456);
  const orphan = child(8_905, 3.1, '/bin/grep', { parentExecId: unseen, arguments: '-r token .' });
  lines.push(tellExec(orphan, { withoutParent: true }));

  const laterParent = child(8_910, 4, '/bin/sh', { arguments: '/srv/rotate.sh' });
  const early = child(8_911, 4.02, '/bin/mv', { parent: laterParent, arguments: 'a b' });
  lines.push(tellExec(early, { withoutParent: true }), tellExec(laterParent));

  const brace = child(8_920, 5, '/bin/echo', { arguments: '{ [ "unbalanced \\" {{{' });
  lines.push(tellExec(brace), tellExit(brace, 0.01));

  const forked = child(8_930, 6, '/srv/front', { arguments: '--port 8080', flags: 'execve' });
  lines.push(tellExit(forked, 2, ',"status":3'));

  const underflow = child(8_940, 7, '/bin/true');
  lines.push(tellExec(underflow, { refcnt: 4294967282 }));

  const selfParent = child(8_950, 8, '/bin/ouroboros', { parentExecId: idOf(8_950, 8) });
  lines.push(tellExec(selfParent, { withoutParent: true }));
  const kernel = createProcess({
    node,
    pid: 0,
    start: after(node.boot, 0),
    binary: '<kernel>',
    flags: 'procFS',
  });
  const kernelId = encodeExecId(node.name, 1n, 0);
  const kernelText = processText(kernel, 0).replace(kernel.execId, kernelId);
  lines.push(eventText(node, at(8.2), 'process_exec', `{"process":${kernelText}}`));

  const ring = [8_960, 8_961, 8_962].map((pid, index) =>
    child(pid, 9, '/bin/ring', { parentExecId: idOf(8_960 + ((index + 1) % 3), 9) }),
  );
  for (const process of ring) lines.push(tellExec(process, { withoutParent: true }));

  const younger = child(8_970, 20, '/usr/bin/make');
  const older = child(8_971, 12, '/usr/bin/cc', { parent: younger });
  lines.push(tellExec(younger), tellExec(older));

  const escaped = createProcess({
    node,
    pid: 8_980,
    start: at(14),
    binary: '/usr/bin/nsenter',
    parent: main,
  });
  lines.push(tellExec(escaped));
  const foreign = child(8_981, 15, '/bin/cat', { parentExecId: idOf(77, 1, 'edge-2') });
  lines.push(tellExec(foreign, { withoutParent: true }));

  const first = child(9_000, 16, '/bin/date');
  const second = child(9_000, 30, '/usr/bin/curl', { arguments: 'http://cart:8080/' });
  lines.push(tellExec(first), tellExit(first, 0.2), tellExec(second));

  // The agent's clock stepped: the same boot, seven seconds apart.
  const stepped = { ...node, boot: after(node.boot, 7) };
  const skewed = child(9_010, 38, '/bin/skew', { node: stepped });
  lines.push(tellExec(skewed));

  const late = child(9_020, 32, '/bin/late-pod');
  const lateText = processText(late, 1).replace(/,"pod":.*(,"docker":)/, '$1');
  lines.push(eventText(node, at(32), 'process_exec', `{"process":${lateText}}`));
  lines.push(tellExit(late, 1.5));

  const claimed = child(9_030, 33, '/bin/original');
  const impostor = processText(claimed, 1)
    .replace('/bin/original', '/bin/impostor')
    .replace('"pid":9030', '"pid":9031');
  lines.push(tellExec(claimed));
  lines.push(eventText(node, at(33.5), 'process_exec', `{"process":${impostor}}`));

  const reopened = child(9_040, 34, '/srv/leader');
  lines.push(tellExec(reopened), tellExit(reopened, 1));
  const write = `,"function_name":"fd_install","args":[{"int_arg":3},{"file_arg":{"path":"/tmp/x"}}],"action":"KPROBE_ACTION_POST"`;
  lines.push(tell(reopened, 'process_kprobe', at(36), write).replace('"tid":9040', '"tid":9044'));

  const cut = child(9_050, 35, '/bin/tar', {
    arguments: `-cf /tmp/a.tar ${'x'.repeat(900)}`,
    flags: 'execve clone truncArgs',
  });
  lines.push(tellExec(cut));

  const opaque = child(9_060, 36, '/bin/opaque');
  lines.push(tellExec(opaque).replace(opaque.execId, 'not base64: 17'));

  const timeless = child(9_070, 37, '/bin/timeless');
  lines.push(tellExec(timeless).replace(/,"time":"[^"]*"/, ''));

  const hostile = Object.values(HOSTILE).map((text, index) =>
    child(9_100 + index, 40 + index, `/tmp/${text.replaceAll('/', '_')}`, {
      arguments: text,
      cwd: text,
    }),
  );
  for (const process of hostile) lines.push(tellExec(process));

  return {
    lines,
    defects: {
      missingParent: { child: orphan.execId, parent: unseen, pid: 8_901 },
      childBeforeParent: { child: early.execId, parent: laterParent.execId },
      braceInArguments: brace.execId,
      exitWithoutExec: forked.execId,
      refcntUnderflow: underflow.execId,
      selfParent: selfParent.execId,
      kernelSelfParent: kernelId,
      cycle: ring.map((process) => process.execId),
      parentStartsLater: { child: older.execId, parent: younger.execId },
      hostChildOfContainer: escaped.execId,
      parentOnOtherNode: foreign.execId,
      pidReuse: [first.execId, second.execId],
      clockSkew: { execId: skewed.execId, skewMs: 7_000 },
      podAbsentAtFirst: late.execId,
      contradictingIdentity: claimed.execId,
      activityAfterExit: reopened.execId,
      truncatedArguments: cut.execId,
      opaqueExecId: 'not base64: 17',
      withoutTime: timeless.execId,
      hostile: hostile.map((process) => process.execId),
    },
  };
}
