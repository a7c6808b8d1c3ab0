/**
 * KubeArmor: telemetry (`ContainerLog`, `HostLog`) and alerts (`Matched*Policy`) as JSON. PascalCase as gRPC clients, the relay and
 * `karmor logs --json` print it, lowerCamel as the daemon's own log file has it, PascalCase with doubles as the OTel adapter sends it.
 * Written by Go; seen from 2021 (0.2) to 1.6, and copies of them that a SaaS enriched.
 * Understood: every operation; what is not a process, a file or a connection becomes a generic event with a readable subject. Skipped:
 * `Message` (the agent's own chatter). Not read at all: the text form of `karmor logs` (`== Alert / … ==`), which is not JSON.
 * Lost in normalising: hashes, node id, oid, PPID in the container, file descriptors, modes, agent version, tenant fields; all of it stays in the raw record.
 * Source: kubearmor/KubeArmor protobuf/kubearmor.proto, KubeArmor/types, KubeArmor/monitor/logUpdate.go, KubeArmor/enforcer; kubearmor/otel-adapter.
 */
import type { Format } from '../format.ts';
import { isKubeArmorRecord } from './claim.ts';
import { KubeArmorDecoder } from './decode.ts';

export const kubearmor: Format = {
  id: 'kubearmor',
  title: 'KubeArmor',
  sniff: isKubeArmorRecord,
  marks: ['HostPID', 'Operation', 'NamespaceName', 'PodName', 'Resource'],
  decoder: () => new KubeArmorDecoder(),
};
