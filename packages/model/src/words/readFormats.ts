/** The formats of logs that are read, each with the id that asks for it (`format=`, `--format`), in the order in which they are offered. */
export const readFormats: readonly { readonly id: string; readonly title: string }[] = [
  { id: 'tetragon', title: 'Tetragon / Hubble Enterprise' },
  { id: 'falco', title: 'Falco' },
  { id: 'kubearmor', title: 'KubeArmor' },
  { id: 'hubble', title: 'Hubble flows' },
  { id: 'zeek', title: 'Zeek' },
  { id: 'audit', title: 'Kubernetes audit' },
  { id: 'ecs', title: 'Elastic Defend (ECS)' },
  { id: 'tracee', title: 'Tracee' },
  { id: 'sysdig', title: 'sysdig' },
  {
    id: 'compact',
    title: 'Compact text of Tetragon / Hubble Enterprise (events without a tree)',
  },
];

/** The same as part of a sentence. */
export const readableLogs =
  'Tetragon and Hubble Enterprise, Falco, KubeArmor, Hubble, Zeek, Kubernetes audit, Elastic Defend, Tracee and sysdig';

/** A format by its title; one that we do not know is said as it came. */
export function formatTitle(id: string): string {
  return readFormats.find((format) => format.id === id)?.title ?? id;
}
