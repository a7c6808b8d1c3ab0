import { type Nanos, nanos } from '../../event/time.ts';
import type { ApiCall } from '../apiCall.ts';
import type { Happening } from '../happening.ts';
import type { Random } from '../random.ts';
import type { ScenarioProcess } from '../writer.ts';
import { nameOf, processFields } from './falcoFields.ts';
import { type FalcoFields, falcoText, outputOf, shown } from './falcoRecord.ts';
import {
  API_SERVER_RULE,
  ATTACH_RULE,
  EXEC_FIELDS,
  EXEC_RULE,
  type FalcoRule,
  NEW_BINARY_RULE,
  SENSITIVE_FILE_RULE,
  TERMINAL_SHELL_RULE,
} from './falcoRules.ts';
import type { Json } from './json.ts';
import type { Lives } from './lives.ts';
import type { About, Logged } from './logged.ts';

const PATH = 'falco/falco.log';
const SHELLS = new Set(['ash', 'bash', 'csh', 'ksh', 'sh', 'tcsh', 'zsh', 'dash']);
const SENSITIVE = new Set(['/etc/shadow', '/etc/sudoers']);

export type FalcoSettings = {
  readonly apiServerIp: string;
  /** How far the API server's clock is ahead of the nodes'. */
  readonly apiClock: bigint;
};

/**
 * What Falco writes, with `rule_matching: all` so that an exec is logged and judged too, and with `append_output` naming PIDs and
 * fork times: every exec inside containers that succeeded, five stock rules, and from the audit log who attached to a pod.
 */
export function tellFalco(
  happenings: readonly Happening[],
  calls: readonly ApiCall[],
  lives: Lives,
  random: Random,
  settings: FalcoSettings,
): Logged[] {
  const logged: Logged[] = [];

  function write(
    process: ScenarioProcess,
    at: Nanos,
    rule: FalcoRule,
    type: string,
    more: FalcoFields,
  ): void {
    const known = processFields(lives, process, at);
    const fields = pick({ 'evt.time': at, 'evt.type': type, ...known, ...more }, rule.columns);
    const isExecRule = rule === EXEC_RULE;
    const text = isExecRule
      ? `"${EXEC_FIELDS.map((name) => shown(fields[name])).join(' ')}"`
      : outputOf(rule.sentence, fields, rule.fields);
    const { hostname, ...event } = { ...rule, at, hostname: process.node.name, text, fields };
    logged.push({
      path: PATH,
      dialect: 'falco',
      written: at,
      text: falcoText({ ...event, hostname, source: 'syscall' }),
      about: aboutOf(process, rule, type),
    });
  }

  function tellExec(process: ScenarioProcess): void {
    // A system call is reported when it returns.
    const at = lives.soonAfter(process, 4_000_000);
    write(process, at, EXEC_RULE, 'execve', { 'evt.res': 'SUCCESS' });
    const parent = lives.ancestorsAt(lives.of(process), at)[0];
    const entered = parent !== undefined && lives.imageAt(parent, at).container === undefined;
    if (process.tty !== 0 && SHELLS.has(nameOf(process)) && entered) {
      write(process, at, TERMINAL_SHELL_RULE, 'execve', { 'evt.arg.flags': 'EXE_LOWER_LAYER' });
    }
    if (process.binary.startsWith('/tmp/')) {
      const flags = 'EXE_WRITABLE|EXE_UPPER_LAYER';
      const upper = { 'evt.arg.flags': flags, 'proc.is_exe_upper_layer': true };
      write(process, at, NEW_BINARY_RULE, 'execve', upper);
    }
  }

  for (const happening of happenings) {
    const { process } = happening;
    if (process.container === undefined) continue;
    const at = nanos(happening.at + BigInt(random.between(8_000, 900_000)));
    if (happening.what === 'exec' && happening.seen === 'live') tellExec(process);
    if (happening.what === 'file' && SENSITIVE.has(happening.path)) {
      write(process, at, SENSITIVE_FILE_RULE, 'openat', { 'fd.name': happening.path });
    }
    if (happening.what !== 'connect') continue;
    const { local, remote, protocol } = happening.socket;
    if (protocol === 'TCP' && remote.ip === settings.apiServerIp) {
      write(process, at, API_SERVER_RULE, 'connect', {
        'fd.name': `${local.ip}:${local.port}->${remote.ip}:${remote.port}`,
        'fd.l4proto': 'tcp',
        'fd.type': 'ipv4',
        'fd.lport': local.port,
        'fd.rport': remote.port,
      });
    }
  }
  return [...logged, ...calls.flatMap((call) => tellAttach(call, settings.apiClock))];
}

function aboutOf(process: ScenarioProcess, rule: FalcoRule, type: string): About[] {
  const exec: About[] = type === 'execve' ? [{ what: 'exec', process }] : [];
  const pod = process.container?.pod;
  if (rule === EXEC_RULE || pod === undefined) return exec;
  const judged = { rule: rule.rule, severity: rule.priority, process, pod, blocked: false };
  return [...exec, { what: 'alert', ...judged }];
}

/** From the audit plugin: a pod, and no process. */
function tellAttach(call: ApiCall, apiClock: bigint): Logged[] {
  const { session, user } = call;
  if (session === undefined) return [];
  const { rule, priority, tags, sentence, fields: names, columns } = ATTACH_RULE;
  const at = nanos(call.at + apiClock);
  const found: FalcoFields = {
    'evt.time': at,
    'ka.user.name': user.username,
    'ka.target.name': session.pod.name,
    'ka.target.resource': 'pods',
    'ka.target.namespace': session.pod.namespace,
    'ka.target.subresource': 'exec',
    'ka.uri.param[command]': session.command[0] ?? null,
  };
  const fields = pick(found, columns);
  const text = outputOf(sentence, fields, names);
  const event = { at, hostname: 'control-plane-1', rule, priority, tags, text, fields };
  return [
    {
      path: PATH,
      dialect: 'falco',
      written: at,
      text: falcoText({ ...event, source: 'k8s_audit' }),
      about: [
        {
          what: 'alert',
          rule,
          severity: priority,
          process: undefined,
          pod: session.pod,
          blocked: false,
        },
      ],
    },
  ];
}

function pick(all: FalcoFields, names: readonly string[]): FalcoFields {
  const picked: Record<string, Json> = {};
  for (const name of names) picked[name] = all[name] ?? null;
  return picked;
}
