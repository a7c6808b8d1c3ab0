/**
 * Elastic Defend (endpoint agent 8.x and 9.x): documents in the Elastic Common Schema, as `_source` of an index has them, nested,
 * with dotted keys, or both mixed; lists of one or scalars. Also other agents' documents that give a process an entity id.
 * Understood: process, network, DNS, file and library events, alerts of the agent and of detection rules. Skipped: what the agent says
 * of itself (metrics, policy, metadata). Lost in normalising: hashes, signatures, environment, threads and call stacks, groups,
 * memory regions, leaders that are no ancestors, `process.previous` beyond the first image; all of it stays in the raw record.
 * Source: elastic/endpoint-package (custom_documentation, sample events), elastic/ecs.
 */
import type { Format } from '../format.ts';
import { isEcsDocument } from './claim.ts';
import { EcsDecoder } from './decode.ts';

export const ecs: Format = {
  id: 'ecs',
  title: 'Elastic Defend (ECS)',
  sniff: isEcsDocument,
  marks: ['@timestamp', 'event', 'process', 'host', 'agent'],
  decoder: () => new EcsDecoder(),
};
