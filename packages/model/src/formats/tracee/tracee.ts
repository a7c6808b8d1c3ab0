/**
 * Tracee (Aqua Security) of both shapes: the classic JSON (`trace.Event`, from 0.7 on, with and without entity ids, containers nested or
 * flat), and v1beta1 as 0.24 and newer print it or protobuf would. Understood: exec, fork and exit of the scheduler, packets, lookups and connections,
 * files, libraries, signatures as alerts; every other event by its name and arguments. Skipped: nothing. Lost in normalising:
 * environment, stacks, hashes, policies that matched, cgroup and namespaces, packet headers, what a signature was triggered by; all of it stays in the raw record.
 * Source: aquasecurity/tracee types/trace, api/v1beta1, docs/docs/events.
 */
import type { Format } from '../format.ts';
import { shapeOf } from './claim.ts';
import { TraceeDecoder } from './decode.ts';

export const tracee: Format = {
  id: 'tracee',
  title: 'Tracee',
  sniff: (value) => shapeOf(value) !== undefined,
  marks: ['eventName', 'processName', 'hostProcessId', 'processEntityId', 'workload', 'data'],
  decoder: () => new TraceeDecoder(),
};
