import { nodeWords } from './nodeWords.ts';
import { podWords } from './podWords.ts';

interface End {
  readonly ref: string | null;
  readonly node: string | null;
  readonly namespace: string | null;
  readonly pod: string | null;
  readonly name: string | null;
}

/** Where an end of a conversation is: its pod, its host, else what it was called by; empty: an address alone. */
export function endPlace({ ref, node, namespace, pod, name }: End): string {
  if (pod !== null) return podWords(namespace ?? '', pod);
  if (ref !== null) return `host ${nodeWords(node ?? '')}`;
  return name ?? '';
}

/** `10.0.0.5:443`, `[::1]:443`; an end without an address or port has none. */
export function endAddress({ ip, port }: { readonly ip: string; readonly port: number }): string {
  const host = ip.includes(':') ? `[${ip}]` : ip;
  return port === 0 ? host : `${host}:${port}`;
}

/** Why the time of a conversation has no end. */
export const stillOpen = 'open: no end of it was seen';

/** What is said of a conversation that was open before anybody looked. */
export const directionUnknown =
  'open before anybody looked: who called whom is taken from the ports';
