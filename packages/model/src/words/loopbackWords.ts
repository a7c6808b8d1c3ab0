/** What a destination is, as far as its loopback goes: in plain types, words import nothing. */
export interface OnLoopback {
  readonly scope: string;
  /** Its callers: `pod` is empty on a host. */
  readonly processes: readonly { readonly namespace: string; readonly pod: string }[];
}

/**
 * Where a loopback address is, which by itself is another place in every pod: `loopback inside web-0`, `loopback inside 3
 * pods`. Empty: it is no loopback.
 */
export function loopbackWords({ scope, processes }: OnLoopback): string {
  if (scope !== 'loopback') return '';
  const pods = new Map<string, string>();
  for (const { namespace, pod } of processes) if (pod !== '') pods.set(`${namespace}\0${pod}`, pod);
  const [only = ''] = pods.values();
  const isOnHost = processes.some(({ pod }) => pod === '');
  const inside = pods.size === 1 ? `inside ${only}` : `inside ${pods.size} pods`;
  if (pods.size === 0) return isOnHost ? 'loopback of the host' : 'loopback';
  return isOnHost ? `loopback ${inside} and of the host` : `loopback ${inside}`;
}
