import { isAddress } from '../address.ts';
import { countOf, integerOf, type JsonObject, type Precision, textOf, uint64Of } from '../read.ts';
import type { CallFields, ToldParent } from './call.ts';

/** The uid of nobody logged in, which sysdig prints as -1. */
const UNSET_ID = 4_294_967_295;
/** What `evt.res` says of a connection that is under way, as a number. */
const IN_PROGRESS = -115;

/** What an object says in fields that somebody asked for (`-j -p`), where the default has only `evt.info`. */
export function fieldsOf(value: JsonObject, precision: Precision): CallFields {
  const told = (key: string): string => toldOf(value, key);
  const uid = countOf(value['user.uid']);
  const auid = integerOf(value['user.loginuid']);
  return {
    result: resultOf(told('evt.res')),
    mark: markOf(value['proc.pid.ts'], precision),
    path: told('proc.exepath'),
    args: argumentsOf(told('proc.args'), told('proc.cmdline')),
    cwd: told('proc.cwd'),
    nsPid: countOf(value['proc.vpid']),
    uid,
    auid: auid !== undefined && auid < 0 ? UNSET_ID : auid,
    user: told('user.name'),
    parent: parentOf(value, precision),
    fd: told('fd.name'),
    protocol: told('fd.l4proto').toUpperCase(),
  };
}

/** Text that is not sysdig's word for nothing. */
function toldOf(value: JsonObject, key: string): string {
  const text = textOf(value[key]) ?? '';
  return text === '<NA>' ? '' : text;
}

/** `SUCCESS`, or the name of an error. */
function resultOf(word: string): number | undefined {
  if (word === '') return undefined;
  if (word === 'SUCCESS') return 0;
  return word === 'EINPROGRESS' ? IN_PROGRESS : -1;
}

/** The time of a fork, which marks the life: nanoseconds since 1970. */
function markOf(value: unknown, precision: Precision): string {
  const time = uint64Of(value, precision);
  return time === undefined || time === 0n || time >= 2n ** 63n ? '' : time.toString();
}

function argumentsOf(args: string, line: string): string {
  if (args !== '') return args;
  const space = line.indexOf(' ');
  return space < 0 ? '' : line.slice(space + 1).trim();
}

function parentOf(value: JsonObject, precision: Precision): ToldParent | undefined {
  const pid = countOf(value['proc.ppid']);
  if (pid === undefined) return undefined;
  const name = toldOf(value, 'proc.pexepath') || toldOf(value, 'proc.pname');
  return { pid, name, mark: markOf(value['proc.ppid.ts'], precision) };
}

/** Whether the name of a descriptor is that of a file. */
export function isPath(fd: string): boolean {
  return fd !== '' && !fd.includes('->') && !isAddress(fd.slice(0, fd.lastIndexOf(':')));
}
