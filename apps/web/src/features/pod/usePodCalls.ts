import { useQuery } from '@tanstack/react-query';
import type { CallItem } from '../../api/answers.ts';
import { callsQuery } from '../../api/queries.ts';
import type { PodAddress } from './podAddress.ts';

const NONE: readonly CallItem[] = [];

/** The calls to the Kubernetes API that concern a pod, in order of time; of a host there are none. */
export function usePodCalls({ caseName, namespace, pod }: PodAddress): readonly CallItem[] {
  const calls = useQuery({ ...callsQuery(caseName, { namespace, pod }), enabled: pod !== '' });
  return calls.data?.items ?? NONE;
}

/** The call that created the pod: the last of several, for a pod of that name may have been there before. */
export function creationOf(calls: readonly CallItem[]): CallItem | undefined {
  return calls.findLast(({ mark }) => mark === 'pod_created');
}
