import { oneLine } from './read.ts';

/** A DNS name as we keep it: lower case, without the root's dot. */
export function lookupName(name: string): string {
  const bare = name.length > 1 && name.endsWith('.') ? name.slice(0, -1) : name;
  return oneLine(bare).toLowerCase();
}
