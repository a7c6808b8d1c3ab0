import type { Severity } from '../../event/severity.ts';

export type FalcoRule = {
  readonly rule: string;
  readonly priority: Severity;
  readonly tags: readonly string[];
  readonly sentence: string;
  /** What the output prints, in its order, and what `append_output` adds. */
  readonly fields: readonly string[];
  /** The members of its records: all of these and the time, by alphabet. */
  readonly columns: readonly string[];
};

/** Added to every alert of system calls. */
const APPENDED = ['proc.pid', 'proc.pid.ts', 'proc.ppid', 'proc.ppid.ts', 'proc.vpid'];

const PLACE = [
  'container.id',
  'container.name',
  'container.image.repository',
  'container.image.tag',
  'k8s.pod.name',
  'k8s.ns.name',
];

const WHO = [
  'user.name',
  'user.uid',
  'user.loginuid',
  'proc.name',
  'proc.exepath',
  'proc.pname',
  'proc.cmdline',
  'proc.tty',
];

const LEVELS = [1, 2, 3, 4];

/** What the log of execs prints in its text, as people write such rules. */
export const EXEC_FIELDS = [
  'user.name',
  'user.uid',
  'group.gid',
  'proc.pid',
  'proc.ppid',
  'proc.name',
  'proc.cmdline',
  'proc.exepath',
  'proc.args',
  'proc.cwd',
  'container.id',
  'container.name',
  'container.image.repository',
  'container.image.tag',
  'k8s.pod.name',
  'k8s.pod.uid',
  'k8s.ns.name',
  'k8s.pod.labels',
  'container.privileged',
  'proc.aname[1]',
  'proc.aname[2]',
];

/** A rule of the cluster's own: every exec inside a container, `evt.res = SUCCESS`. */
export const EXEC_RULE = ruleOf({
  rule: 'Log Execve Syscalls',
  priority: 'Debug',
  tags: ['system_call', 'execve'],
  sentence: '',
  fields: [
    ...EXEC_FIELDS,
    ...APPENDED,
    'evt.type',
    'evt.res',
    'proc.tty',
    'proc.pname',
    'proc.pexepath',
    'proc.pcmdline',
    'container.start_ts',
    ...LEVELS.flatMap((level) =>
      ['aname', 'apid', 'aexepath', 'acmdline'].map((field) => `proc.${field}[${level}]`),
    ),
  ],
});

export const TERMINAL_SHELL_RULE = ruleOf({
  rule: 'Terminal shell in container',
  priority: 'Notice',
  tags: ['T1059', 'container', 'maturity_stable', 'mitre_execution', 'shell'],
  sentence: 'A shell was spawned in a container with an attached terminal',
  fields: ['evt.type', ...WHO, 'evt.arg.flags', ...PLACE, ...APPENDED],
});

export const NEW_BINARY_RULE = ruleOf({
  rule: 'Drop and execute new binary in container',
  priority: 'Critical',
  tags: ['PCI_DSS_11.5.1', 'TA0003', 'container', 'maturity_stable', 'mitre_persistence'],
  sentence: 'Executing binary not part of base image',
  fields: [
    'evt.type',
    ...WHO,
    'evt.arg.flags',
    'proc.is_exe_upper_layer',
    'proc.aname[2]',
    ...PLACE,
    ...APPENDED,
  ],
});

export const SENSITIVE_FILE_RULE = ruleOf({
  rule: 'Read sensitive file untrusted',
  priority: 'Warning',
  tags: ['T1555', 'container', 'filesystem', 'host', 'maturity_stable', 'mitre_credential_access'],
  sentence: 'Sensitive file opened for reading by non-trusted program',
  fields: [
    'fd.name',
    'proc.aname[2]',
    'proc.aname[3]',
    'proc.aname[4]',
    'evt.type',
    ...WHO,
    ...PLACE,
    ...APPENDED,
  ],
});

export const API_SERVER_RULE = ruleOf({
  rule: 'Contact K8S API Server From Container',
  priority: 'Notice',
  tags: ['T1565', 'container', 'k8s', 'maturity_stable', 'mitre_discovery', 'network'],
  sentence: 'Unexpected connection to K8s API Server from container',
  fields: [
    'fd.name',
    'fd.lport',
    'fd.rport',
    'fd.type',
    'fd.l4proto',
    'evt.type',
    ...WHO,
    ...PLACE,
    ...APPENDED,
  ],
});

/** Of the audit plugin. */
export const ATTACH_RULE = ruleOf({
  rule: 'Attach/Exec Pod',
  priority: 'Notice',
  tags: ['k8s'],
  sentence: 'Attach/Exec to pod',
  fields: [
    'ka.user.name',
    'ka.target.name',
    'ka.target.resource',
    'ka.target.namespace',
    'ka.target.subresource',
    'ka.uri.param[command]',
  ],
});

function ruleOf(rule: Omit<FalcoRule, 'columns'>): FalcoRule {
  return { ...rule, columns: ['evt.time', ...rule.fields].toSorted() };
}
