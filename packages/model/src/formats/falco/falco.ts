/**
 * Falco and Falcosidekick: one alert per line, as `json_output` prints it and as Falcosidekick hands it on (`uuid`,
 * brackets replaced). Seen from 2019 to 0.41.
 * Understood: alerts of the syscall source with the process, ancestors, container, pod, connection and file that their
 * `output_fields` name; rules that log every exec or exit; alerts of plugins (`k8s_audit` on the pod, others without a process);
 * drops as gaps. Skipped: the enter half of an exec, execs that failed, metrics without drops, Falcosidekick's test.
 * Lost in normalising: groups, sessions, file descriptors, event arguments beyond the subject; all of it stays in the raw record.
 * Source: falcosecurity/falco userspace/engine/formats.cpp; falcosecurity/libs userspace/libsinsp; falcosidekick types/types.go.
 */
import type { Format } from '../format.ts';
import { isFalcoRecord } from './claim.ts';
import { FalcoDecoder } from './decode.ts';

export const falco: Format = {
  id: 'falco',
  title: 'Falco',
  sniff: isFalcoRecord,
  marks: ['rule', 'priority', 'output', 'output_fields'],
  decoder: () => new FalcoDecoder(),
};
