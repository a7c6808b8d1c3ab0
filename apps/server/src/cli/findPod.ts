import { type PodItem, podsAnswer } from '@forebear/model/wire/inventory';
import type { Caller } from './caller.ts';
import { usageError } from './context.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { podTitle } from './podTitle.ts';
import { printable } from './printable.ts';

const mostListed = 10;

/**
 * The pod that words mean: `namespace/pod` exactly, else the only one of that workload, whose name begins so, or holds the
 * word. Throws `CommandEnd` with the candidates when there is none or more than one.
 */
export async function findPod(caller: Caller, words: string): Promise<PodItem> {
  const slash = words.indexOf('/');
  const namespace = slash < 0 ? undefined : words.slice(0, slash);
  const name = words.slice(slash + 1);
  if (name === '') throw usageError('A pod is named NAMESPACE/POD.');
  const { items } = await caller.read('/pods', { namespace }, podsAnswer);
  const pods = items.filter(({ kind }) => kind === 'pod');
  const exact = pods.find(({ pod }) => pod === name);
  if (exact !== undefined) return exact;
  const tiers = [
    pods.filter((item) => isNamed(item, name)),
    pods.filter(({ pod }) => pod.startsWith(name)),
    pods.filter(({ pod }) => pod.includes(name)),
  ];
  const near = tiers.find(({ length }) => length > 0) ?? [];
  const [only] = near;
  if (only !== undefined && near.length === 1) return only;
  const listed = (near.length > 0 ? near : pods).slice(0, mostListed).map(podTitle);
  const told = near.length > 0 ? 'Several pods are called so' : 'No such pod';
  const list = listed.length === 0 ? '' : ` There are:\n  ${listed.join('\n  ')}`;
  throw new CommandEnd(exitCodes.nothingMatched, `${told}: ${printable(words)}.${list}`);
}

/** Is a pod meant by this word: its name, its workload, or the beginning of its name up to a dash? */
export function isNamed(
  item: { readonly pod: string; readonly workload?: string },
  word: string,
): boolean {
  return item.pod === word || item.workload === word || item.pod.startsWith(`${word}-`);
}
