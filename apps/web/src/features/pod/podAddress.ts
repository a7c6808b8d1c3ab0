import { clauseText } from '@forebear/model/query/clauseText';
import type { FieldName } from '@forebear/model/query/filter';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { namespaceOfPath, nodeOfPath } from '../../url/links.ts';
import { questionOf } from '../../url/question.ts';
import type { View } from '../../url/view.ts';

/** What the address names: a pod of a case, or a host. */
export interface PodAddress {
  readonly caseName: string;
  readonly namespace: string;
  /** Empty for a host. */
  readonly pod: string;
  /** Empty for a pod, and for the host of log lines without a node name. */
  readonly node: string;
}

export function usePodAddress(): PodAddress {
  const { case: caseName = '', namespace = '', pod = '', node = '' } = useParams({ strict: false });
  return useMemo(
    () => ({ caseName, namespace: namespaceOfPath(namespace), pod, node: nodeOfPath(node) }),
    [caseName, namespace, pod, node],
  );
}

/** The tree call's question for an address and a view. The filter is not in it: it is laid over the whole tree here. */
export function treeQuestion(address: PodAddress, view: View) {
  const { late } = questionOf(view);
  const { cluster, uid, container } = view;
  const [agent] = view.agents;
  if (address.pod === '') return { node: address.node, cluster, agent, late };
  const { namespace, pod } = address;
  return { namespace, pod, cluster, uid, container, agent, late };
}

const ofAll = { agents: [] };

/** The filter that names all events of the page: those of its pod or host, told by the agent whose tree it is, when one is chosen. */
export function scopeFilter(
  { namespace, pod, node }: PodAddress,
  { agents }: Pick<View, 'agents'> = ofAll,
): string {
  const is = (field: FieldName, value: string) => clauseText({ field, operator: '=', value });
  const [agent] = agents;
  const of = agent === undefined ? [] : [is('agent', agent)];
  if (pod === '') return [is('evt.hostname', node), ...of].join(' and ');
  const parts = [is('k8s.pod.name', pod), ...of];
  if (namespace !== '') parts.unshift(is('k8s.ns.name', namespace));
  return parts.join(' and ');
}
