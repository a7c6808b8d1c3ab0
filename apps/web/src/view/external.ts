import type { TreeColumns } from '@forebear/model/wire/tree';
import { verdictMark } from '@forebear/model/words/verdictWords';

/** Whether a row of `connections` leads outside: to a public address, as the model's leaves say `external`. */
export function isExternal(
  { connections }: Pick<TreeColumns, 'connections'>,
  leaf: number,
): boolean {
  return connections.scope[leaf] === 'public';
}

/** What hindered a row of `connections`, in the agent's word (`DROPPED`); empty: it came about. */
export function hindranceOf(
  { connections, strings }: Pick<TreeColumns, 'connections' | 'strings'>,
  leaf: number,
): string {
  const verdict = connections.verdict[leaf] ?? 0;
  // Most connections are judged by nobody: no text is looked up for them.
  return verdict === 0 ? '' : verdictMark(strings[verdict] ?? '');
}

export function isHindered(
  columns: Pick<TreeColumns, 'connections' | 'strings'>,
  leaf: number,
): boolean {
  return hindranceOf(columns, leaf) !== '';
}
