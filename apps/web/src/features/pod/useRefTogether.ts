import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { treeQuery } from '../../api/queries.ts';
import { textOf } from '../../view/texts.ts';
import { refTogether } from './agentAlone.ts';
import { type PodAddress, treeQuestion } from './podAddress.ts';
import type { TreeState } from './useTree.ts';

/**
 * The ref by which the server knows a process of the tree. It knows those of all agents together; as one of them alone tells it, a
 * process is looked up in their tree. Empty: it is being looked up, or (`isAlone`) is none of theirs.
 */
export function useRefTogether(
  address: PodAddress,
  { view, model }: TreeState,
  ref: string,
): { readonly ref: string; readonly isAlone: boolean } {
  const [agent] = view.agents;
  const question = useMemo(() => treeQuestion(address, { ...view, agents: [] }), [address, view]);
  const isAsked = agent !== undefined && ref !== '';
  const whole = useQuery({ ...treeQuery(address.caseName, question), enabled: isAsked });
  return useMemo(() => {
    if (agent === undefined || ref === '') return { ref, isAlone: false };
    if (whole.data === undefined) return { ref: '', isAlone: whole.isError };
    const execId = textOf(model, model.columns.nodes.execId[model.rowOfRef(ref)]);
    const found = refTogether(whole.data, { ref, agent, execId });
    return { ref: found ?? '', isAlone: found === undefined };
  }, [agent, ref, whole.data, whole.isError, model]);
}
