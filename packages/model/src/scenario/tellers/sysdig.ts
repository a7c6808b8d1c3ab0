import type { Happening } from '../happening.ts';
import { processFields } from './falcoFields.ts';
import { type Json, jsonText } from './json.ts';
import type { Lives } from './lives.ts';

/** What `-p` asks for, by alphabet. */
const FIELDS = [
  'container.id',
  'container.name',
  'evt.cpu',
  'evt.dir',
  'evt.num',
  'evt.outputtime',
  'evt.rawtime',
  'evt.res',
  'evt.type',
  'fd.l4proto',
  'fd.name',
  'k8s.ns.name',
  'k8s.pod.name',
  'proc.aname[2]',
  'proc.cmdline',
  'proc.cwd',
  'proc.exepath',
  'proc.name',
  'proc.pid',
  'proc.pid.ts',
  'proc.pname',
  'proc.ppid',
  'proc.ppid.ts',
  'proc.vpid',
  'user.name',
  'user.uid',
];

/** A line of `sysdig -j -p` with fields of processes; undefined: not one of the system calls that were asked for. */
export function sysdigText(happening: Happening, lives: Lives, number: number): string | undefined {
  const call = callOf(happening);
  if (call === undefined) return undefined;
  const { process, at } = happening;
  const counted = { 'evt.num': number, 'evt.cpu': number % 8 };
  const times = { 'evt.outputtime': at, 'evt.rawtime': at };
  const all: Json = { ...processFields(lives, process, at), ...call, ...counted, ...times };
  const fields: Record<string, Json> = {};
  for (const name of FIELDS) fields[name] = all[name] ?? null;
  return jsonText(fields);
}

function callOf(happening: Happening): Record<string, Json> | undefined {
  switch (happening.what) {
    case 'exec':
      if (happening.seen === 'procfs') return undefined;
      return { 'evt.type': 'execve', 'evt.dir': '<', 'evt.res': 'SUCCESS' };
    case 'connect': {
      const { local, remote, protocol } = happening.socket;
      const name = `${local.ip}:${local.port}->${remote.ip}:${remote.port}`;
      const l4proto = protocol.toLowerCase();
      return { 'evt.type': 'connect', 'evt.dir': '<', 'fd.name': name, 'fd.l4proto': l4proto };
    }
    case 'file':
      return { 'evt.type': 'openat', 'evt.dir': '<', 'fd.name': happening.path };
    case 'exit':
      return { 'evt.type': 'procexit', 'evt.dir': '>' };
    case 'fork':
    case 'refused':
    case 'listen':
    case 'accept':
    case 'stats':
    case 'close':
    case 'hello':
    case 'asked':
    case 'answered':
    case 'talk':
      return undefined;
  }
}
