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
import { TetragonDecoder } from './decode.ts';
import { eventKeyOf, isKnownKey } from './kinds.ts';

export const tetragon: Format = {
  id: 'tetragon',
  title: 'Tetragon / Hubble Enterprise',
  sniff: isTetragonRecord,
  decoder: () => new TetragonDecoder(),
};

/**
 * An event key with an object, and the envelope's time or node; a kind that we know by name and that holds a process
 * needs neither (field filters may have removed both, D37).
 */
function isTetragonRecord(value: unknown): boolean {
  if (!isObject(value)) return false;
  const enveloped =
    typeof value.time === 'string' || typeof (value.node_name ?? value.nodeName) === 'string';
  for (const key in value) {
    const body = value[key];
    if (!isObject(body) || eventKeyOf(key) === undefined) continue;
    if (enveloped || (isKnownKey(key) && isObject(body.process))) return true;
  }
  return false;
}
