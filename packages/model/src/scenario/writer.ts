import { formatTime, type Nanos } from '../event/time.ts';
import type { ScenarioContainer, ScenarioNode } from './cluster.ts';
import { encodeExecId, kernelExecId } from './execId.ts';

/** auid of a process nobody logged in for. */
const UNSET_UID = 4294967295;

/**
 * One image of one process, with its JSON ready but for `refcnt`, the only part that changes from
 * event to event: text = head + refcnt + tail.
 */
export type ScenarioProcess = {
  readonly node: ScenarioNode;
  readonly execId: string;
  readonly pid: number;
  readonly uid: number;
  readonly start: Nanos;
  readonly binary: string;
  readonly arguments: string;
  readonly cwd: string;
  readonly parent: ScenarioProcess | undefined;
  readonly parentExecId: string;
  readonly container: ScenarioContainer | undefined;
  /** PID inside the container; a fork keeps its parent's, as agents report it. */
  readonly insidePid: number;
  readonly inInitTree: boolean;
  readonly probe: boolean;
  /** The terminal's device number; 0: none. */
  readonly tty: number;
  readonly head: string;
  readonly tail: string;
};

export type ProcessFields = {
  readonly node: ScenarioNode;
  readonly pid: number;
  readonly start: Nanos;
  /** `start` as text, where it has been printed already. */
  readonly startText?: string;
  readonly binary: string;
  readonly arguments?: string;
  readonly cwd?: string;
  readonly uid?: number;
  readonly flags?: string;
  readonly parent?: ScenarioProcess | undefined;
  /** Names a parent without holding it, where a log describes parents elsewhere. */
  readonly parentExecId?: string;
  readonly container?: ScenarioContainer | undefined;
  readonly insidePid?: number;
  readonly inInitTree?: boolean;
  readonly probe?: boolean;
  /** Further JSON members of the process message, each with its leading comma. */
  readonly extra?: string;
  readonly tty?: number;
};

/** A JSON string literal. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** Builds a process and its JSON in protojson's order; zero scalars omitted, wrappers present. */
export function createProcess(fields: ProcessFields): ScenarioProcess {
  const { node, pid, start, binary, parent, container } = fields;
  const execId = encodeExecId(node.name, start - node.boot, pid);
  const parentExecId = fields.parentExecId ?? parent?.execId ?? kernelExecId(node.name);
  const uid = fields.uid ?? 0;
  const cwd = fields.cwd ?? '/';
  const argumentText = fields.arguments ?? '';
  const insidePid = fields.insidePid ?? 0;
  const inInitTree = fields.inInitTree ?? container !== undefined;
  const head = [
    `{"exec_id":"${execId}","pid":${pid},"uid":${uid},"cwd":${quote(cwd)}`,
    `,"binary":${quote(binary)}`,
    argumentText === '' ? '' : `,"arguments":${quote(argumentText)}`,
    `,"flags":"${fields.flags ?? 'execve clone'}","start_time":"${fields.startText ?? formatTime(start)}"`,
    `,"auid":${UNSET_UID}`,
    container === undefined ? '' : podText(container, insidePid, fields.probe ?? false),
    `,"parent_exec_id":"${parentExecId}"`,
  ].join('');
  const tail = `,"tid":${pid}${fields.extra ?? ''},"in_init_tree":${inInitTree}}`;
  return {
    node,
    execId,
    pid,
    uid,
    start,
    binary,
    arguments: argumentText,
    cwd,
    parent,
    parentExecId,
    container,
    insidePid,
    inInitTree,
    probe: fields.probe ?? false,
    tty: fields.tty ?? 0,
    head,
    tail,
  };
}

/** The process message as it stands in an event. */
export function processText(process: ScenarioProcess, refcnt: number): string {
  const counted = refcnt === 0 ? '' : `,"refcnt":${refcnt}`;
  return process.head + counted + process.tail;
}

/** One export line around an event's body. */
export function eventText(node: ScenarioNode, time: Nanos, kind: string, body: string): string {
  return (
    `{"${kind}":${body},"node_name":"${node.name}","time":"${formatTime(time)}"` +
    `,"cluster_name":"${node.cluster}"}`
  );
}

function podText(container: ScenarioContainer, insidePid: number, probe: boolean): string {
  const marked = probe ? ',"maybe_exec_probe":true' : '';
  const middle = `,"pid":${insidePid}${marked},"security_context":{}}`;
  return `,"pod":${container.head}${middle}${container.tail},"docker":"${container.id.slice(0, 31)}"`;
}
