import { podWords } from './podWords.ts';

/** Who called a destination, as the wire has it: `ref` is null where no process is known. */
export interface ToldCaller {
  readonly ref: string | null;
  readonly namespace: string;
  readonly pod: string;
  readonly place: string;
  readonly binary: string;
}

/** What it is called that something happened to somebody, and to no process of it that is known. */
export const noProcessWords = 'no process known';

/** Who of a pod called: its binary, or that no process is known. */
export function callerWords({ ref, binary }: Pick<ToldCaller, 'ref' | 'binary'>): string {
  return ref === null ? noProcessWords : binary;
}

/** Where a caller is: its pod with the namespace, its host; of whom no process and no pod is known the address or node. */
export function callerPlaceWords({
  ref,
  namespace,
  pod,
  place,
}: Omit<ToldCaller, 'binary'>): string {
  if (pod !== '') return podWords(namespace, pod);
  if (ref !== null) return 'host';
  return place === '' ? 'unknown' : place;
}
