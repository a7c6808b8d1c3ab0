import { behindCall } from './pairs.ts';
import type { KubeArmorRecord } from './record.ts';

/** What an operation was that is neither an exec, a file's nor a connection: for lists, in the agent's own words. */
export function genericSubjectOf(record: KubeArmorRecord): string | undefined {
  const words = wordsOf(record).filter((word) => word !== '');
  return words.length === 0 ? undefined : words.join(' ');
}

function wordsOf(record: KubeArmorRecord): readonly string[] {
  const { operation, resource, call } = record;
  const rest = behindCall(record.data);
  switch (operation) {
    case 'Process':
    case 'File':
    case 'Syscall':
      // What `ptrace` names as its resource stands in its arguments, too.
      return [call, rest.includes(resource) ? '' : resource, rest];
    case 'Capabilities':
      return ['capability', resource || rest];
    case 'Device':
      return ['device', resource, rest];
    case 'NetworkFirewall':
      return ['firewall', resource, rest];
    default:
      return [operation, resource, rest];
  }
}
