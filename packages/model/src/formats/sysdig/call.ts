import type { ContainerSighting, PodSighting } from '../../event/sighting.ts';
import type { Nanos } from '../../event/time.ts';

/** One event of sysdig, from a line or an object: mostly half of a system call. */
export interface Call {
  readonly time: Nanos | undefined;
  /** The time of day as a line prints it; empty when the record has a whole time, or none. */
  readonly clock: string;
  /** Up to 15 characters; empty: not known to sysdig. */
  readonly name: string;
  /** Of the thread where the record tells no other: sysdig's short form prints only that. Below 0: nobody. */
  readonly pid: number | undefined;
  readonly tid: number | undefined;
  readonly direction: 'enter' | 'exit';
  readonly type: string;
  /** The arguments as printed. */
  readonly info: string;
  /** What the call returned; below 0: an error; undefined: it has not, or the record does not tell. */
  readonly result: number | undefined;
  /** Undefined: a line, which has none. */
  readonly fields: CallFields | undefined;
  readonly pod: PodSighting | undefined;
  readonly container: ContainerSighting | undefined;
  /** The record says that no container holds the process, instead of naming none. */
  readonly isOfHost: boolean;
}

/** What an object tells in fields beside its arguments. Empty: it does not. */
export interface CallFields {
  readonly result: number | undefined;
  /** The time of the process's fork: digits. */
  readonly mark: string;
  readonly path: string;
  readonly args: string;
  readonly cwd: string;
  /** Inside its container. */
  readonly nsPid: number | undefined;
  readonly uid: number | undefined;
  readonly auid: number | undefined;
  readonly user: string;
  readonly parent: ToldParent | undefined;
  /** A path, or `10.0.0.1:1234->1.2.3.4:443`. */
  readonly fd: string;
  readonly protocol: string;
}

/** The parent, as such an object names it. */
export interface ToldParent {
  readonly pid: number;
  /** A path, or a name of up to 15 characters. */
  readonly name: string;
  readonly mark: string;
}
