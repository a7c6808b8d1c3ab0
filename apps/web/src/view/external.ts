import type { TreeColumns } from '@forebear/model/wire/tree';

/** Whether a row of `connections` leads outside: to a public address, as the model's leaves say `external`. */
export function isExternal(
  { connections }: Pick<TreeColumns, 'connections'>,
  leaf: number,
): boolean {
  return connections.scope[leaf] === 'public';
}
