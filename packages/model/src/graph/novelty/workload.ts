import type { PodFact } from '../../event/facts.ts';

/** Names that Kubernetes makes end in letters and digits without vowels. */
const generated = /-[bcdfghjklmnpqrstvwxz2456789]{5}$/;
const templateHash = /-[a-z0-9]{8,10}$/;

/**
 * The workload a pod belongs to, as a text that its siblings share; undefined: a pod of its own. The agent's word
 * counts; older agents give none, and then the labels that controllers set tell how the name was made.
 */
export function workloadOf(pod: PodFact): string | undefined {
  if (pod.workload !== undefined && pod.workload !== '') return pod.workload;
  const labels = labelsOf(pod);
  const hash = labels.get('pod-template-hash');
  if (hash !== undefined && hash !== '') {
    const at = pod.name.lastIndexOf(`-${hash}`);
    if (at > 0) return pod.name.slice(0, at);
  }
  const job = labels.get('batch.kubernetes.io/job-name') ?? labels.get('job-name');
  if (job !== undefined && job !== '') return job;
  if (labels.has('statefulset.kubernetes.io/pod-name')) return pod.name.replace(/-\d+$/, '');
  if (labels.has('controller-revision-hash')) {
    return pod.name.replace(generated, '').replace(/-\d+$/, '');
  }
  return nameFromApp(pod.name, labels);
}

/** `shop-6d4cf56db6-x7k2p` with `app=shop`: the label says what the name's own beginning says. */
function nameFromApp(name: string, labels: ReadonlyMap<string, string>): string | undefined {
  const app = labels.get('app.kubernetes.io/name') ?? labels.get('app') ?? labels.get('k8s-app');
  if (app === undefined || app === '' || !name.startsWith(`${app}-`)) return undefined;
  const stem = name.replace(generated, '').replace(templateHash, '');
  return stem === name ? undefined : stem;
}

function labelsOf(pod: PodFact): Map<string, string> {
  const labels = new Map<string, string>();
  for (const label of pod.labels) {
    const bare = label.startsWith('k8s:') ? label.slice(4) : label;
    const equals = bare.indexOf('=');
    if (equals > 0) labels.set(bare.slice(0, equals), bare.slice(equals + 1));
  }
  return labels;
}
