import { type Nanos, nanos } from '../../event/time.ts';
import type { Happening, Lookup, Socket } from '../happening.ts';
import type { Random } from '../random.ts';
import type { ScenarioProcess } from '../writer.ts';
import { type KubeArmorEvent, kubeArmorText } from './kubearmorRecord.ts';
import type { Lives } from './lives.ts';
import type { About, Logged } from './logged.ts';

const PATH = 'kubearmor/kubearmor.log';

const BLOCK_PACKAGES = {
  PolicyName: 'block-package-managers',
  Severity: '8',
  Tags: 'NIST,NIST_800-53_CM-7(4),SI-4,process',
  ATags: ['NIST', 'NIST_800-53_CM-7(4)', 'SI-4', 'process'],
  Message: 'Alert! Execution of package management process inside container is denied',
};
const AUDIT_TOKENS = {
  PolicyName: 'audit-service-account-tokens',
  Severity: '4',
  Tags: 'MITRE,MITRE_T1528_steal_application_access_token',
  ATags: ['MITRE', 'MITRE_T1528_steal_application_access_token'],
  Message: 'A service account token was read',
};
const TOKENS = '/var/run/secrets/kubernetes.io/serviceaccount/';

/**
 * What KubeArmor's relay writes of containers: every exec, TCP connection, DNS question and file that Tetragon's policies watch
 * too; two policies, one that audits tokens and one that blocks package managers. What a policy speaks of is told once, as its
 * alert. No exits, no forks.
 */
export function tellKubeArmor(
  happenings: readonly Happening[],
  lives: Lives,
  random: Random,
): Logged[] {
  const logged: Logged[] = [];

  function write(
    process: ScenarioProcess,
    at: Nanos,
    event: Spoken,
    about: readonly About[],
  ): void {
    const container = process.container;
    if (container === undefined) return;
    const life = lives.of(process);
    const [parent, ...others] = lives.ancestorsAt(life, at);
    const parentImage = parent === undefined ? undefined : lives.imageAt(parent, at);
    const session = sessionOf([life, ...(parent === undefined ? [] : [parent]), ...others]);
    const binary = event.binary ?? process.binary;
    const isExec = event.operation === 'Process' && event.alert === undefined;
    const late = BigInt(random.between(90_000, 2_400_000));
    const written = isExec ? lives.soonAfter(process, 2_400_000) : nanos(at + late);
    const isHostChild = parentImage?.container === undefined;
    const text = kubeArmorText({
      container,
      time: written,
      parentBinary: parentImage?.binary ?? '',
      binary,
      hostPpid: parent?.pid ?? 0,
      hostPid: life.pid,
      // As it prints a parent outside the container's PID namespace.
      ppid: isHostChild ? (parent?.pid ?? 0) : (parentImage?.insidePid ?? 0),
      pid: process.insidePid,
      uid: process.uid,
      source: event.source ?? commandOf(process),
      cwd: process.cwd,
      tty: process.tty === 0 ? undefined : `pts${process.tty & 255}`,
      execId: session,
      ...event,
    });
    logged.push({ path: PATH, dialect: 'kubearmor', written, text, about });
  }

  /** The execs into a running container are marked, and everything below them. */
  function sessionOf(line: readonly ReturnType<Lives['of']>[]): bigint | undefined {
    const root = line.findLast((life) => life.images.some((image) => image.container));
    const image = root?.images.find((one) => one.container !== undefined);
    if (root === undefined || image === undefined || image.inInitTree) return undefined;
    return BigInt(image.start - image.node.boot) | BigInt(root.pid);
  }

  function tellExec(process: ScenarioProcess): void {
    const at = process.start;
    const parent = lives.ancestorsAt(lives.of(process), at)[0];
    const source = parent === undefined ? '' : lives.imageAt(parent, at).binary;
    const resource = commandOf(process);
    write(process, at, { operation: 'Process', source, resource, data: EXECVE }, [
      { what: 'exec', process },
    ]);
  }

  for (const happening of happenings) {
    const { process, at } = happening;
    if (happening.what === 'exec') {
      if (happening.seen === 'live') tellExec(process);
    } else {
      const [spoken, about] = readDeed(happening);
      if (spoken !== undefined) write(process, at, spoken, about);
    }
  }
  return logged;
}

/** Everything but execs; nothing: it does not see it. */
function readDeed(happening: Happening): readonly [Spoken | undefined, readonly About[]] {
  switch (happening.what) {
    case 'connect':
    case 'accept':
      if (happening.socket.protocol === 'UDP') return [undefined, []];
      return [networkOf(happening.what, happening.socket), []];
    case 'asked':
      return [questionOf(happening.socket, happening.lookup), []];
    case 'file':
      return [fileOf(happening.path, happening.access), fileAbout(happening)];
    case 'refused':
      return [refusalOf(happening), refusalAbout(happening.process)];
    case 'exec':
    case 'fork':
    case 'exit':
    case 'listen':
    case 'stats':
    case 'close':
    case 'hello':
    case 'answered':
    case 'talk':
      return [undefined, []];
  }
}

type Spoken = Pick<KubeArmorEvent, 'operation' | 'resource' | 'data'> &
  Partial<Pick<KubeArmorEvent, 'source' | 'alert' | 'result' | 'binary'>>;

const EXECVE = [['syscall', 'SYS_EXECVE']] as const;

function networkOf(what: 'connect' | 'accept', { local, remote }: Socket): Spoken {
  // An accept's socket prints the client first: it is the remote end.
  const other = what === 'connect' ? remote : local;
  return {
    operation: 'Network',
    resource: `remoteip=${other.ip} port=${other.port} protocol=TCP`,
    data: [
      ['kprobe', what === 'connect' ? 'tcp_connect' : 'tcp_accept'],
      ['domain', 'AF_INET'],
    ],
  };
}

function questionOf({ remote }: Socket, { name, type }: Lookup): Spoken {
  return {
    operation: 'Network',
    resource: `sa_family=AF_INET sin_port=${remote.port}`,
    data: [
      ['kfunc', 'UDP_SENDSKB'],
      ['domain', name],
      ['daddr', remote.ip],
      ['qtype', type],
    ],
  };
}

function fileOf(path: string, access: 'read' | 'write'): Spoken {
  const flags = access === 'read' ? 'O_RDONLY|O_CLOEXEC' : 'O_WRONLY|O_CREAT|O_TRUNC';
  const data = [
    ['syscall', 'SYS_OPENAT'],
    ['fd', '-100'],
    ['flags', flags],
  ] as const;
  const spoken: Spoken = { operation: 'File', resource: path, data };
  if (!path.startsWith(TOKENS)) return spoken;
  return { ...spoken, alert: { ...AUDIT_TOKENS, Enforcer: 'eBPF Monitor', Action: 'Audit' } };
}

function fileAbout({ path, process }: Happening & { what: 'file' }): About[] {
  const pod = process.container?.pod;
  if (!path.startsWith(TOKENS) || pod === undefined) return [];
  const { PolicyName: rule } = AUDIT_TOKENS;
  return [{ what: 'alert', rule, severity: 'Warning', process, pod, blocked: false }];
}

/** The child still has its parent's image, so the parent is named as the source and as the parent process. */
function refusalOf({ process, binary, ...rest }: Happening & { what: 'refused' }): Spoken {
  return {
    operation: 'Process',
    binary,
    source: process.binary,
    resource: `${binary} ${rest.arguments}`,
    data: [['lsm', 'SECURITY_BPRM_CHECK']],
    result: 'Permission denied',
    alert: { ...BLOCK_PACKAGES, Enforcer: 'BPFLSM', Action: 'Block' },
  };
}

function refusalAbout(process: ScenarioProcess): About[] {
  const pod = process.container?.pod;
  if (pod === undefined) return [];
  const { PolicyName: rule } = BLOCK_PACKAGES;
  return [{ what: 'alert', rule, severity: 'Error', process: undefined, pod, blocked: true }];
}

function commandOf(process: ScenarioProcess): string {
  return process.arguments === '' ? process.binary : `${process.binary} ${process.arguments}`;
}
