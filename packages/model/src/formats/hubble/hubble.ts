/**
 * Hubble flows: the JSON of `hubble observe -o json` and `-o jsonpb` and of Cilium's exporter files (`events.log`, rotated), by
 * Go's protojson with proto names; bare flows of old command lines too. Any field mask; seen from Cilium 1.8 to 1.18.
 * Understood: flows of L3/L4, sockets and L7 (DNS, HTTP, Kafka), lost events. Skipped: agent and debug events, node status.
 * Lost in normalising: Ethernet, TCP flags, tunnels, translated addresses, services, observation points, trace contexts,
 * policies that allowed, HTTP headers, latencies; all of it stays in the raw record.
 * Source: cilium/cilium api/v1/flow/flow.proto and observer/observer.proto.
 */
import type { Format } from '../format.ts';
import { HubbleDecoder } from './decode.ts';
import { hubbleRecordOf } from './record.ts';

export const hubble: Format = {
  id: 'hubble',
  title: 'Hubble flows',
  sniff: (value) => hubbleRecordOf(value) !== undefined,
  marks: ['verdict', 'IP', 'l4', 'source', 'destination'],
  decoder: () => new HubbleDecoder(),
};
