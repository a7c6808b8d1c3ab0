import type { AlertDetail } from '../../event/event.ts';
import type { ContainerSighting, PodSighting } from '../../event/sighting.ts';
import type { Nanos } from '../../event/time.ts';
import type { Arguments } from './arguments.ts';

/** A process as either shape of record tells of it. */
export interface NamedProcess {
  /** On the host; undefined: not told. */
  readonly pid: number | undefined;
  /** In the container. */
  readonly nsPid: number | undefined;
  /** The entity id, else the start of the main thread as the record spells it; empty: neither is known. */
  readonly mark: string;
  /** The mark is an entity id, which needs no pid beside it. */
  readonly isEntity: boolean;
  /** When the life began. */
  readonly start: Nanos | undefined;
  /** A path, else the name of the thread; empty: not told. */
  readonly binary: string;
  readonly uid: number | undefined;
}

/** What both shapes of record say, in one. */
export interface TraceeRecord {
  readonly name: string;
  readonly time: Nanos | undefined;
  /** Empty: not told, or the host's name is that of a container. */
  readonly node: string;
  readonly cluster: string | undefined;
  readonly pod: PodSighting | undefined;
  readonly container: ContainerSighting | undefined;
  readonly self: NamedProcess;
  /** The parent and those above it, nearest first, as far as the record names them. */
  readonly above: readonly NamedProcess[];
  /** The event is of the process's main thread. */
  readonly isMainThread: boolean;
  /** Below 0: the call failed. */
  readonly returned: number | undefined;
  readonly args: Arguments;
  readonly alert: AlertDetail | undefined;
}
