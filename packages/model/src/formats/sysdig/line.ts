import type { Call } from './call.ts';
import { resultOf } from './info.ts';

/** `52 07:50:42.829676193 1 ` and what follows. */
const HEAD = /^\d{1,20} (\d\d:\d\d:\d\d\.\d{9}) \d{1,5} (?=\S)/;
/** `sshd (1170533) < read res=1201`; newer versions print `(pid.tid)`, with containers `(tid:vtid)`. A name may have spaces. */
const BODY =
  /^(.{0,200}?) \((-?\d{1,10})(?:\.(-?\d{1,10}))?(?::-?\d{1,10})?\) ([<>]) ([A-Za-z_]\w{0,63})(?: (.*))?$/s;
/** With `-pc` the container's name and id stand before the process. */
const CONTAINER = /^(.*) \((host|[0-9a-f]{12})\) (.*)$/s;

/** Tells a line in sysdig's default format, or with `-pc`, by its beginning. */
export function isSysdigLine(line: string): boolean {
  const head = HEAD.exec(line);
  return head !== null && BODY.test(line.slice(head[0].length));
}

/** Reads a line; undefined for every other text. */
export function readLine(line: string): Call | undefined {
  const head = HEAD.exec(line);
  const body = head === null ? null : BODY.exec(line.slice(head[0].length));
  if (head === null || body === null) return undefined;
  const [, who = '', first = '', second, arrow, type = '', info = ''] = body;
  const inside = CONTAINER.exec(who);
  const [, place = '', id = '', name = who] = inside ?? [];
  return {
    time: undefined,
    clock: head[1] ?? '',
    name: name === '<NA>' ? '' : name,
    pid: Number(first),
    tid: Number(second ?? first),
    direction: arrow === '>' ? 'enter' : 'exit',
    type,
    info: info.trimEnd(),
    result: resultOf(info),
    fields: undefined,
    pod: undefined,
    container: id === '' || id === 'host' ? undefined : { id, name: place },
    isOfHost: id === 'host',
  };
}
