/**
 * sysdig (0.1 to 0.3x): its default line format, also with `-pc`, and the objects of `sysdig -j`.
 * Understood: exec and fork with their lineage, exits, connections, sends and closes of sockets, opens and changes of files; every other half of a call by its
 * name and arguments. Skipped: nothing. Of `-j -p` the fields of the process, its
 * parent, the user and the descriptor. Not read: other formats of time (`-t`), lines in a format of one's own (`-p`), lines that a terminal
 * has wrapped. Lost in normalising: event number, CPU, the thread, latencies, data that was read and written beyond its beginning; all of it stays in the raw record.
 * Source: draios/sysdig wiki (Sysdig User Guide), falcosecurity/libs userspace/libsinsp.
 */
import type { Format } from '../format.ts';
import { SysdigDecoder } from './decode.ts';
import { isSysdigLine } from './line.ts';
import { isSysdigObject } from './record.ts';

export const sysdig: Format = {
  id: 'sysdig',
  title: 'sysdig',
  sniff: isSysdigObject,
  sniffText: isSysdigLine,
  marks: ['evt.num', 'evt.type', 'proc.name', 'thread.tid', 'evt.dir', 'evt.info'],
  decoder: () => new SysdigDecoder(),
};
