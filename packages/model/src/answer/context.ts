import type { Derived, DerivedProcess } from '../graph/derived.ts';
import type { Completeness } from '../wire/primitives.ts';

/** What an answer needs beside the derived forest: what only the moment and the sources know. */
export interface AnswerContext {
  readonly derived: Derived;
  readonly completeness: Completeness;
  /** True only while the process's source is live and recent (semantics, `end`): not part of what is derived. */
  isRunning(process: DerivedProcess): boolean;
}

/** `running` is told apart at the door: a forest never says it. */
export function endOf(
  context: AnswerContext,
  process: DerivedProcess,
): 'running' | DerivedProcess['end'] {
  return process.end === 'unknown' && context.isRunning(process) ? 'running' : process.end;
}

/** The namespace and name of a process's pod; undefined on the host. */
export function podNameOf(
  derived: Derived,
  process: DerivedProcess,
): { namespace: string; name: string } | undefined {
  return nameOfPod(derived, process.pod);
}

/** The pod of what a `processKey` names that is no process: whom a flow, a call or an alert without one is about. */
export function podNameOfKey(
  derived: Derived,
  key: string,
): { namespace: string; name: string } | undefined {
  return nameOfPod(derived, derived.placed.get(key));
}

function nameOfPod(
  derived: Derived,
  index: number | undefined,
): { namespace: string; name: string } | undefined {
  const pod = derived.pods[index ?? -1];
  return pod === undefined ? undefined : { namespace: pod.fact.namespace, name: pod.fact.name };
}

/** A pod as one string of a tree's columns; empty: none. */
export function podText(pod: ReturnType<typeof podNameOf>): string {
  return pod === undefined ? '' : `${pod.namespace}/${pod.name}`;
}
