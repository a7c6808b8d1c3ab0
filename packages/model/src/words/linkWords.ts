const words: ReadonlyMap<string, string> = new Map([
  ['exec_id', 'by exec_id: exact'],
  ['embedded', 'told by the event itself'],
  ['ancestors', 'from the list of ancestors'],
  ['pid_as_of', 'by PID and time: inferred'],
  ['name_chain', 'by name alone: inferred'],
  ['none', 'not found'],
]);

/** How a parent was found, in words for page and terminal; a method that we do not know is said as it came. */
export function linkWords(method: string): string {
  return words.get(method) ?? method.replaceAll('_', ' ');
}

/** The aside of a parent that is only likely; empty: it is sure, or there is none. */
export function linkDoubt(method: string): string {
  if (method === 'pid_as_of') return 'parent by PID and time';
  return method === 'name_chain' ? 'parent by name alone' : '';
}
