const words: ReadonlyMap<string, string> = new Map([
  ['tetragon', 'Tetragon'],
  ['falco', 'Falco'],
  ['kubearmor', 'KubeArmor'],
  ['hubble', 'Hubble'],
  ['zeek', 'Zeek'],
  ['audit', 'Kubernetes audit'],
  ['ecs', 'Elastic Defend'],
  ['tracee', 'Tracee'],
  ['sysdig', 'sysdig'],
  ['envelope', 'envelope of a collector'],
  ['compact', 'getevents -o compact'],
]);

/** Who reports in a dialect, by the name that people know; one that we do not know is said as it came. */
export function agentWords(dialect: string): string {
  return words.get(dialect) ?? dialect;
}

/** Several of them in a sentence, in the order given: `Falco, KubeArmor and Zeek`. */
export function agentList(dialects: readonly string[], joint: 'and' | 'or'): string {
  const names = dialects.map(agentWords);
  const last = names.at(-1) ?? '';
  const others = names.slice(0, -1);
  return others.length === 0 ? last : `${others.join(', ')} ${joint} ${last}`;
}

/** The dialect that an event's label begins with (`falco:…`); those of Tetragon, which was there first, begin with none that we know. */
export function dialectOfLabel(label: string): string {
  const at = label.indexOf(':');
  const begin = at < 0 ? '' : label.slice(0, at);
  return words.has(begin) ? begin : 'tetragon';
}
