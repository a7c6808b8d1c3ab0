const words: ReadonlyMap<string, string> = new Map([
  ['exec_id', 'by exec_id: exact'],
  ['embedded', 'told by the event itself'],
  ['ancestors', 'from the list of ancestors'],
  ['pid_as_of', 'by PID and time: inferred'],
  ['name_chain', 'by name alone: inferred'],
  ['none', 'not found'],
]);

/**
 * How a parent was found, in words for page and terminal; a method that we do not know is said as it came.
 *
 * @param execId of the process: one that we spelled ourselves (`falco:exec:node:pid:mark:…`), for an agent that gives no exec_id,
 * is not said to be one
 */
export function linkWords(method: string, execId = ''): string {
  const spelled = /^[a-z]+:(?:exec|at):[^:]*:(\d*):([^:]*):/.exec(execId);
  if (method === 'exec_id' && spelled !== null) {
    const [, pid, mark] = spelled;
    if (mark === '') return 'by PID and start time';
    return pid === ''
      ? 'by the agent’s own id: exact'
      : 'by PID and the agent’s mark of the process';
  }
  return words.get(method) ?? method.replaceAll('_', ' ');
}

/** The aside of a parent that is only likely; empty: it is sure, or there is none. */
export function linkDoubt(method: string): string {
  if (method === 'pid_as_of') return 'parent by PID and time';
  return method === 'name_chain' ? 'parent by name alone' : '';
}
