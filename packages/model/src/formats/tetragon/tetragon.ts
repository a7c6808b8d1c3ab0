/**
 * Tetragon and Hubble Enterprise, one dialect: the JSON of `tetra getevents -o json`, of the agents' export files
 * (`tetragon.log`, `fgs.log`) and of `export-stdout`. Written by Go's protojson; seen from 2022 (0.8) to 1.7 and the
 * enterprise builds of 2022 to 2025.
 * Understood: every kind of formats.md 1 and 2, any other `process_*` and `interface_*` as a generic event. Skipped:
 * `interface_stats` (counters of no process), `test`. Lost in normalising: stack traces, kprobe arguments beyond the
 * subject, HTTP headers, TLS versions and certificates, node labels, annotations, environment variables, the thread id,
 * `refcnt`; all of it stays in the raw record.
 * Source: cilium/tetragon api/v1/tetragon/*.proto; the enterprise messages: isovalent/web-grpc-timescape-experiment.
 */
import type { Format } from '../format.ts';
import { isObject } from '../read.ts';
import { isEnveloped, isEventAlone } from './claim.ts';
import { TetragonDecoder } from './decode.ts';
import { eventKeyOf } from './kinds.ts';

export const tetragon: Format = {
  id: 'tetragon',
  title: 'Tetragon / Hubble Enterprise',
  sniff: isTetragonRecord,
  marks: ['process', 'parent', 'node_name', 'time'],
  decoder: (arena) => new TetragonDecoder(arena),
};

/** What the decoder reads, and nothing else: detection must not depend on what came before. */
function isTetragonRecord(value: unknown): boolean {
  if (!isObject(value)) return false;
  const enveloped = isEnveloped(value);
  for (const key in value) {
    const body = value[key];
    const event = isObject(body) ? eventKeyOf(key) : undefined;
    if (event !== undefined && (enveloped || isEventAlone(event, body))) return true;
  }
  return false;
}
