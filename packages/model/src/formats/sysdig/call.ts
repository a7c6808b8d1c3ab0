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
  readonly pod: PodSighting | undefined;
  readonly container: ContainerSighting | undefined;
}
