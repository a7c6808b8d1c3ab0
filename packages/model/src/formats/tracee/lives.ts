import type { ExitDetail } from '../../event/event.ts';
import { countOf, integerOf, type Precision, uint64Of } from '../read.ts';
import { signalName } from '../signalName.ts';
import { type Arguments, countArgument } from './arguments.ts';
import { momentOf } from './moment.ts';
import type { NamedProcess, TraceeRecord } from './record.ts';

/**
 * The process that a fork made; undefined when it made a thread. Its entity id is not in the record: where the agent marks lives by
 * one, the child has no mark, else the start that its own records will have.
 */
export function childOf(
  { args, self }: TraceeRecord,
  precision: Precision,
): NamedProcess | undefined {
  const pid = countArgument(args, 'child_pid');
  const tid = countArgument(args, 'child_tid');
  if (pid === undefined || (tid !== undefined && tid !== pid)) return undefined;
  const nsPid = countArgument(args, 'child_ns_pid');
  const started = args.get('start_time') ?? args.get('child_start_time');
  const start = uint64Of(started, precision);
  return {
    pid,
    nsPid: nsPid === pid ? undefined : nsPid,
    mark: self.isEntity || start === undefined ? '' : start.toString(),
    isEntity: false,
    start: momentOf(started, precision),
    binary: '',
    uid: undefined,
  };
}

/** Tells whether a whole process ends, not one of its threads. */
export function isWholeExit({ args, isMainThread }: TraceeRecord): boolean {
  const group = args.get('process_group_exit');
  if (typeof group === 'boolean') return group;
  const number = countOf(group);
  return number === undefined ? isMainThread : number !== 0;
}

/** How it ended: code and signal apart as newer versions print them, or the kernel's one number with both. */
export function exitOf(args: Arguments): ExitDetail {
  const code = integerOf(args.get('exit_code'));
  const signal = countArgument(args, 'signal_code');
  if (signal !== undefined) return detailOf(code, signal);
  if (code === undefined || code < 0 || code > 0xffff) return {};
  return detailOf((code >> 8) & 0xff, code & 0x7f);
}

function detailOf(code: number | undefined, signal: number): ExitDetail {
  if (signal !== 0) return { signal: signalName(signal) };
  return code === undefined ? {} : { code };
}
