import { createHash } from 'node:crypto';
import { derive } from '../../graph/derive.ts';
import { FactSet } from '../../graph/facts/factSet.ts';
import { createIngest } from '../../ingest/ingest.ts';
import type { AnswerContext } from '../context.ts';
import type { TreeSelection } from '../treeColumns.ts';
import { nodeSelection, podSelection } from '../treeSelection.ts';

/** A log taken in and derived as a store does it. */
export function logContext(text: string): AnswerContext {
  const facts = new FactSet();
  const ingest = createIngest({
    cluster: '',
    hash: (bytes) => createHash('sha256').update(bytes).digest().readBigUInt64LE(0),
  });
  for (const batch of ingest.push(new TextEncoder().encode(text))) facts.add(batch);
  for (const batch of ingest.end()) facts.add(batch);
  const derived = derive(facts.facts(), {
    lateLimitMs: 60_000,
    sha256: (name) => new Uint8Array(createHash('sha256').update(name).digest()),
    conversations: true,
  });
  return {
    derived,
    completeness: {
      complete: true,
      agentLoss: 'not monitored',
      gaps: 0,
      quarantined: 0,
      shardsMissing: 0,
    },
    isRunning: () => false,
  };
}

/** The tree of the first pod, else of the first node; undefined: the log has no process. */
export function firstTree({ derived }: AnswerContext): TreeSelection | undefined {
  const [pod] = derived.pods;
  if (pod !== undefined) {
    const { namespace, name } = pod.fact;
    return podSelection(derived, { namespace, pod: name }, {});
  }
  const [process] = derived.processes;
  return process === undefined ? undefined : nodeSelection(derived, { node: process.node }, {});
}
