import { oneLine } from './read.ts';

const V4 = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/** Whether a text is one IP address: IPv4 dotted, or IPv6 with or without a zone. Never a name, a range or a port. */
export function isAddress(text: string): boolean {
  if (text.length > 64) return false;
  return text.includes(':') ? isV6(text) : V4.test(text);
}

/** An address as events have it: the agent's text, lower case and on one line; empty when absent. */
export function addressOf(value: unknown): string {
  return typeof value === 'string' ? oneLine(value).toLowerCase() : '';
}

function isV6(text: string): boolean {
  const [address = '', zone, ...more] = text.split('%');
  if (more.length > 0 || zone === '') return false;
  const halves = address.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const hasTail = last !== undefined && V4.test(last) && !address.endsWith('::');
  const plain = hasTail ? groups.slice(0, -1) : groups;
  const count = plain.length + (hasTail ? 2 : 0);
  if (!plain.every((group) => GROUP.test(group))) return false;
  return halves.length === 2 ? count < 8 : count === 8;
}
