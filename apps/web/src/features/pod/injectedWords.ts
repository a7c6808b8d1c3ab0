import { binaryWords, isKnownByIdAlone } from '@forebear/model/words/processWords';
import type { ProcessAnswer } from '../../api/answers.ts';
import { baseName } from '../../kit/clip.ts';
import { formatDelta } from '../../kit/format.ts';

type Known = Pick<ProcessAnswer, 'role' | 'parent' | 'lateByMs' | 'lateBase'> &
  Partial<Pick<ProcessAnswer, 'author'>>;

const BASES = {
  main: 'the main process of the container',
  container_start: 'the container',
  first_seen: 'the first process that is seen of the container',
} as const;

/**
 * How it is known that a process was put into its container from outside: what started it is not in there, and it began
 * behind what belongs there. Text of the log is in it. Empty: it was not.
 */
export function injectedWords({ role, parent, lateByMs, lateBase, author }: Known): string {
  if (role !== 'injected') return '';
  const after =
    lateByMs === null || lateByMs < 0
      ? 'is not the main process of the container'
      : `began ${formatDelta(lateByMs).replace('+', '')} after ${BASES[lateBase ?? 'first_seen']}`;
  const how =
    author === null || author === undefined
      ? 'kubectl exec, nsenter, probes and hooks start processes so; the log does not say which it was'
      : `${author.user === '' ? 'Somebody unnamed' : author.user} had it started through the API server`;
  return `${parentWords(parent)}, and it ${after}. ${how}.`;
}

function parentWords(parent: Known['parent']): string {
  if (parent === null)
    return 'No process of the container started it: its parent is not in this log';
  const pid = parent.pid === null ? '' : ` (pid ${parent.pid})`;
  if (isKnownByIdAlone(parent.kind, parent.binary))
    return `No process that is known of the container started it: of its parent${pid} only the id is known`;
  return `Its parent, ${baseName(binaryWords(parent.binary, parent.pid))}${pid}, is not in the container`;
}
