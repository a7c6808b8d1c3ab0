import { eventKinds } from '../event/event.ts';
import type { ProcessAnswer } from '../wire/tree.ts';
import { apiCallsOf } from './calls.ts';
import { type AnswerContext, podNameOf } from './context.ts';
import { timeTextOf } from './timeText.ts';
import { treeNode } from './treeNode.ts';

const processAlerts = 1000;
const processCalls = 1000;

/** Everything known of one process: its details panel. `index` is into `derived.processes`. */
export function processAnswer(context: AnswerContext, index: number): ProcessAnswer | undefined {
  const { derived } = context;
  const process = derived.processes[index];
  if (process === undefined) return undefined;
  const parent = derived.processes[process.parent];
  const ancestors: ProcessAnswer['ancestors'] = [];
  for (let up = parent; up !== undefined; up = derived.processes[up.parent]) {
    ancestors.push({
      ref: up.ref,
      binary: up.binary,
      arguments: up.arguments,
      pid: up.pid ?? null,
      kind: up.kind,
      pod: podNameOf(derived, up) ?? null,
    });
  }
  const pod = process.pod === undefined ? undefined : derived.pods[process.pod];
  const apiCalls = apiCallsOf(derived, index);
  const { flags: _codes, ...node } = treeNode(
    context,
    process,
    ancestors.length,
    parent?.ref,
    processAlerts,
  );
  return {
    ...node,
    cluster: process.cluster,
    node: process.node,
    flagsText: process.flagsText,
    capabilities: process.capabilities,
    startDerived: process.startDerived,
    firstSeen: timeTextOf(process.firstSeen),
    lastSeen: timeTextOf(process.lastSeen),
    labels: [...(pod?.fact.labels ?? [])],
    workload: pod?.fact.workload ?? '',
    flags: process.flags.map((flag) => ({
      code: flag.code,
      reason: flag.reason,
      inputs: { ...flag.inputs },
    })),
    parent:
      parent === undefined
        ? null
        : {
            ref: parent.ref,
            binary: parent.binary,
            arguments: parent.arguments,
            pid: parent.pid ?? null,
            kind: parent.kind,
            linkMethod: process.linkMethod,
            suspect: process.suspect === '' ? null : process.suspect,
          },
    ancestors,
    children: derived.processes.reduce((sum, other) => (other.parent === index ? sum + 1 : sum), 0),
    apiCalls: apiCalls.slice(0, processCalls),
    apiCallCount: apiCalls.length,
    eventKinds: eventKinds.flatMap((kind, bit) =>
      (process.counts.kinds >>> bit) & 1 ? [kind] : [],
    ),
    events: {
      exec: process.counts.exec,
      network: process.counts.network,
      dns: process.counts.dns,
      file: process.counts.file,
      other: process.counts.other,
    },
    completeness: context.completeness,
  };
}
