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
