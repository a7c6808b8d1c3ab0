import { traitsOfAgent } from '../../event/agentTraits.ts';
import { hasTrait, Trait } from '../../event/traits.ts';
import type { ProcessKind } from '../derived.ts';
import type { Identity } from '../identity/identities.ts';

/**
 * How a process came to be known (semantics, Identity). Without a `process_exec` of its own it still was exec'd when it
 * runs something else than its parent, or took its parent's pid; a worker that was only forked does neither.
 */
export function kindOf(identity: Identity, parent: Identity | undefined): ProcessKind {
  const { fact } = identity;
  if (fact.rank <= 2) return traitsOfAgent(identity.dialect).idsNameImages ? 'ghost' : 'inferred';
  if (hasTrait(fact.traits, Trait.execSeen)) return 'exec';
  if (hasTrait(fact.traits, Trait.procfs)) return 'procfs';
  const binary = parent?.fact.binary;
  if (parent === undefined || binary === undefined || fact.binary === undefined) {
    return hasTrait(fact.traits, Trait.clone) ? 'exec' : 'fork';
  }
  const { leavesOutEmpty } = traitsOfAgent(identity.dialect);
  const isUntold = !leavesOutEmpty && fact.arguments === undefined;
  const same = binary === fact.binary && (isUntold || parent.fact.arguments === fact.arguments);
  return same && parent.fact.pid !== fact.pid ? 'fork' : 'exec';
}
