import type { Nanos } from '../../event/time.ts';
import type { Happening } from '../happening.ts';
import type { ScenarioProcess } from '../writer.ts';
import { type Json, jsonText } from './json.ts';
import type { Life, Lives } from './lives.ts';

type Call = {
  readonly id: string;
  readonly name: string;
  readonly syscall: string;
  readonly args: readonly (readonly [name: string, type: string, value: Json])[];
};

/** A line of Tracee's classic JSON output; undefined: it has none for this. */
export function traceeText(happening: Happening, lives: Lives): string | undefined {
  const call = callOf(happening);
  if (call === undefined) return undefined;
  const { process, at } = happening;
  const life = lives.of(process);
  const [parent] = lives.ancestorsAt(life, at);
  const inside = process.insidePid === 0 ? life.pid : process.insidePid;
  const { container, node } = process;
  return jsonText({
    timestamp: at,
    threadStartTime: life.born,
    processorId: life.pid % 8,
    processId: inside,
    cgroupId: container === undefined ? 1 : Number.parseInt(container.id.slice(0, 4), 16),
    threadId: inside,
    parentProcessId: parent === undefined ? 0 : lives.imageAt(parent, at).insidePid,
    hostProcessId: life.pid,
    hostThreadId: life.pid,
    hostParentProcessId: parent?.pid ?? 0,
    userId: process.uid,
    mountNamespace: 4_026_532_829,
    pidNamespace: 4_026_532_833,
    processName: process.binary.slice(process.binary.lastIndexOf('/') + 1).slice(0, 15),
    executable: { path: process.binary },
    hostName: node.name,
    containerId: container?.id ?? '',
    container: containerOf(process),
    kubernetes: podOf(process),
    eventId: call.id,
    eventName: call.name,
    matchedPolicies: ['default-policy'],
    argsNum: call.args.length,
    returnValue: 0,
    syscall: call.syscall,
    stackAddresses: null,
    contextFlags: { containerStarted: container !== undefined, isCompat: false },
    threadEntityId: entityOf(life),
    processEntityId: entityOf(life),
    parentEntityId: parent === undefined ? 0 : entityOf(parent),
    args: call.args.map(([name, type, value]) => ({ name, type, value })),
  });
}

function callOf(happening: Happening): Call | undefined {
  const { process } = happening;
  switch (happening.what) {
    case 'exec':
      // What runs already is told by no event.
      return happening.seen === 'procfs' ? undefined : execOf(process);
    case 'exit': {
      const { status = 0 } = happening.outcome;
      return {
        id: '717',
        name: 'sched_process_exit',
        syscall: 'exit_group',
        args: [
          ['exit_code', 'long', status],
          ['process_group_exit', 'bool', true],
        ],
      };
    }
    case 'connect': {
      const { remote, protocol } = happening.socket;
      if (protocol !== 'TCP') return undefined;
      return {
        id: '6045',
        name: 'net_tcp_connect',
        syscall: 'connect',
        args: [
          ['dst', 'string', remote.ip],
          ['dst_port', 'int', remote.port],
          ['dst_dns', '[]string', []],
        ],
      };
    }
    case 'asked': {
      const { local, remote } = happening.socket;
      return {
        id: '2006',
        name: 'net_packet_dns',
        syscall: 'sendto',
        args: [
          ['src', 'string', local.ip],
          ['dst', 'string', remote.ip],
          ['src_port', 'uint16', local.port],
          ['dst_port', 'uint16', remote.port],
          ['proto_dns', 'trace.ProtoDNS', questionOf(happening.lookup, local.port)],
        ],
      };
    }
    case 'fork':
    case 'refused':
    case 'listen':
    case 'accept':
    case 'stats':
    case 'close':
    case 'hello':
    case 'answered':
    case 'file':
    case 'talk':
      return undefined;
  }
}

function execOf({ binary, arguments: text, cwd }: ScenarioProcess): Call {
  const argv = [binary, ...(text === '' ? [] : text.split(' '))];
  return {
    id: '715',
    name: 'sched_process_exec',
    syscall: 'execve',
    args: [
      ['cmdpath', 'const char*', binary],
      ['pathname', 'const char*', binary],
      ['dev', 'dev_t', 265_289_728],
      ['inode', 'unsigned long', 1_182_371],
      ['ctime', 'unsigned long', 1_776_700_112_481_902_113n],
      ['inode_mode', 'umode_t', 33_261],
      ['argv', 'const char**', argv],
      ['interp', 'const char*', '/lib64/ld-linux-x86-64.so.2'],
      ['stdin_type', 'string', 'S_IFCHR'],
      ['stdin_path', 'char*', '/dev/null'],
      ['invoked_from_kernel', 'int', 0],
      ['prev_comm', 'const char*', 'runc:[2:INIT]'],
      ['pwd', 'string', cwd],
    ],
  };
}

function questionOf(lookup: { readonly name: string; readonly type: string }, id: number): Json {
  return {
    ID: id,
    QR: 0,
    opCode: 'query',
    AA: 0,
    TC: 0,
    RD: 1,
    RA: 0,
    Z: 0,
    responseCode: 'no error',
    QDCount: 1,
    ANCount: 0,
    NSCount: 0,
    ARCount: 0,
    questions: [{ name: lookup.name, type: lookup.type, class: 'IN' }],
    answers: [],
    authorities: [],
    additionals: [],
  };
}

function containerOf({ container }: ScenarioProcess): Json {
  if (container === undefined) return {};
  const { id, name, image, digest } = container;
  return { id, name, image, imageDigest: `sha256:${digest}` };
}

function podOf({ container }: ScenarioProcess): Json {
  if (container === undefined) return {};
  const { name, namespace, uid } = container.pod;
  return { podName: name, podNamespace: namespace, podUID: uid, podSandbox: false };
}

/** 32 bits of the fork time and the PID. */
function entityOf({ pid, born }: { readonly pid: number; readonly born: Nanos } | Life): number {
  return Number(BigInt.asUintN(32, born * 2_654_435_761n + BigInt(pid) * 40_503n));
}
