/** What a call returned, of the first words of its arguments: `res=-2(ENOENT)`, `fd=3(<f>/x)`; undefined where neither stands. */
export function resultOf(info: string): number | undefined {
  const match = /^(?:res|fd)=(-?\d{1,10})(?!\d)/.exec(info);
  return match === null ? undefined : Number(match[1]);
}

/** A process or thread as sysdig names it: `1173599(bash)`. */
export interface Named {
  readonly pid: number;
  /** Empty: not known. */
  readonly name: string;
}

/** What an exec or fork tells of its process. */
export interface Lineage {
  /** `exe`: the first argument as the caller gave it. */
  readonly exe: string;
  /** As printed: dots between the arguments, and in their place whatever cannot be printed. */
  readonly args: string;
  readonly tid: Named;
  readonly pid: Named;
  readonly parent: Named | undefined;
  /** What follows the parent. */
  readonly rest: string;
}

/**
 * `res=0 exe=nano args=test.txt. tid=7(nano) pid=7(nano) ptid=6(bash) cwd=…`. Undefined for arguments of other shape or cut off before the pids.
 * Where an argument imitates this, the imitation is read: the line has no marks around its values.
 */
export function lineageOf(info: string): Lineage | undefined {
  const start = / exe=/.exec(info);
  if (start === null) return undefined;
  const text = info.slice(start.index + start[0].length);
  const pids =
    / tid=(\d{1,10})\((.{0,64}?)\) pid=(\d{1,10})\((.{0,64}?)\)(?: ptid=(\d{1,10})(?:\((.{0,64}?)\))?)?(?= |$)/s.exec(
      text,
    );
  if (pids === null) return undefined;
  const [all, tid, tidName, pid, pidName, parent, parentName] = pids;
  const command = text.slice(0, pids.index);
  const args = command.indexOf(' args=');
  return {
    exe: args < 0 ? command : command.slice(0, args),
    args: args < 0 ? '' : command.slice(args + ' args='.length),
    tid: named(tid, tidName),
    pid: named(pid, pidName),
    parent: parent === undefined ? undefined : named(parent, parentName),
    rest: text.slice(pids.index + all.length),
  };
}

/** The pid and name that a fork returned: `res=10202(perl)`. */
export function childOf(info: string): Named | undefined {
  const match = /^res=(\d{1,10})(?:\((.{0,64}?)\))?(?= |$)/s.exec(info);
  return match === null ? undefined : named(match[1], match[2]);
}

/** The value of a key among what follows; `next` is the key behind it where the value may have spaces. */
export function valueOf(info: string, key: string, next?: string): string | undefined {
  const text = ` ${info}`;
  const from = text.indexOf(` ${key}=`);
  if (from < 0) return undefined;
  const begin = from + key.length + 2;
  const end = next === undefined ? text.indexOf(' ', begin) : text.indexOf(` ${next}=`, begin);
  const value = (end < 0 ? text.slice(begin) : text.slice(begin, end)).trim();
  return value === '' || value === '<NA>' ? undefined : value;
}

function named(pid: string | undefined, name: string | undefined): Named {
  return { pid: Number(pid), name: name === undefined || name === '<NA>' ? '' : name };
}
