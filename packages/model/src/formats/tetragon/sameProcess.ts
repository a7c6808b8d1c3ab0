import { type JsonObject, objectOf } from '../read.ts';
import { isSameJson } from './samePod.ts';

/**
 * Every word of a `Process` message that its sighting depends on, but for the pod. Not `refcnt`, a debug counter that
 * changes in every event (D16), nor `tid`, an attribute of the event (D11).
 */
export interface ProcessWords {
  readonly pid: unknown;
  readonly uid: unknown;
  readonly auid: unknown;
  readonly binary: unknown;
  readonly arguments: unknown;
  readonly cwd: unknown;
  readonly flags: unknown;
  readonly start: unknown;
  readonly parentId: unknown;
  readonly docker: unknown;
  readonly inInitTree: unknown;
  readonly insidePid: unknown;
  readonly probe: unknown;
  /** What agents add only when asked to; undefined when nothing of it is there. */
  readonly rest: readonly unknown[] | undefined;
}

/** The words of a message. */
export function wordsOf(raw: JsonObject): ProcessWords {
  const container = objectOf(objectOf(raw.pod)?.container);
  return {
    pid: raw.pid,
    uid: raw.uid,
    auid: raw.auid,
    binary: raw.binary,
    arguments: raw.arguments,
    cwd: raw.cwd,
    flags: raw.flags,
    start: raw.start_time ?? raw.startTime,
    parentId: raw.parent_exec_id ?? raw.parentExecId,
    docker: raw.docker,
    inInitTree: raw.in_init_tree ?? raw.inInitTree,
    insidePid: container?.pid,
    probe: container?.maybe_exec_probe ?? container?.maybeExecProbe,
    rest: restOf(raw),
  };
}

/** Tells whether a message says the same as the one the words are of. Never wrong in the direction of yes. */
export function isSameProcess(words: ProcessWords, raw: JsonObject): boolean {
  const container = objectOf(objectOf(raw.pod)?.container);
  return (
    words.pid === raw.pid &&
    words.uid === raw.uid &&
    words.auid === raw.auid &&
    words.binary === raw.binary &&
    words.flags === raw.flags &&
    words.start === (raw.start_time ?? raw.startTime) &&
    words.parentId === (raw.parent_exec_id ?? raw.parentExecId) &&
    words.docker === raw.docker &&
    words.cwd === raw.cwd &&
    words.arguments === raw.arguments &&
    words.inInitTree === (raw.in_init_tree ?? raw.inInitTree) &&
    words.insidePid === container?.pid &&
    words.probe === (container?.maybe_exec_probe ?? container?.maybeExecProbe) &&
    isSameRest(words.rest, restOf(raw))
  );
}

function restOf(raw: JsonObject): readonly unknown[] | undefined {
  const credentials = raw.process_credentials ?? raw.processCredentials;
  const properties = raw.binary_properties ?? raw.binaryProperties;
  const { cap, ns, user } = raw;
  const any = credentials ?? properties ?? cap ?? ns ?? user;
  return any === undefined ? undefined : [cap, ns, user, credentials, properties];
}

function isSameRest(a: readonly unknown[] | undefined, b: readonly unknown[] | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && isSameJson(a, b, 7));
}
