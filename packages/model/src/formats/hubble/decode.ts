import { labelOf } from '../../event/dialects.ts';
import type { FlowDetail, ProcessEvent } from '../../event/event.ts';
import type { Sighting } from '../../event/sighting.ts';
import type { Nanos } from '../../event/time.ts';
import type { Decoded, Decoder, Origin } from '../format.ts';
import { cookieOf, type JsonObject, type Precision, textOf, timeOf } from '../read.ts';
import { type Application, applicationOf } from './application.ts';
import { endsOf, type FlowEnds } from './ends.ts';
import { lossOf } from './lost.ts';
import { type Owner, ownerOf, sightingOf } from './owner.ts';
import { type Place, placeOf } from './place.ts';
import { flowPodOf } from './pod.ts';
import { type HubbleRecord, hubbleRecordOf } from './record.ts';
import { reasonOf, verdictOf } from './verdict.ts';

/** Reads Hubble's records. */
export class HubbleDecoder implements Decoder {
  decode(value: unknown, origin?: Origin): Decoded {
    const record = hubbleRecordOf(value);
    if (record === undefined) return rejected('no flow and no lost events');
    const precision: Precision = { lost: false };
    const events = [...flowEvents(record, origin, precision), ...lostEvents(record, origin)];
    if (precision.lost) return { kind: 'imprecise' };
    if (events.length > 0) return { kind: 'events', events };
    if (record.skip !== undefined) return { kind: 'skipped', reason: record.skip };
    return rejected('the flow names no end and no verdict');
  }
}

function lostEvents({ lost, envelope }: HubbleRecord, origin: Origin | undefined): ProcessEvent[] {
  if (lost === undefined) return [];
  const time = timeOf(envelope.time) ?? timeOf(lost.last) ?? origin?.time;
  const gap = lossOf(lost);
  const named = placeOf(undefined, envelope, origin);
  const place = { ...named, cluster: named.cluster ?? origin?.cluster };
  const base = baseOf('lost_events', place, time);
  const { cgroup } = gap;
  return [{ ...base, kind: 'lost', gap, ...(cgroup === undefined ? {} : { subject: cgroup }) }];
}

function flowEvents(
  { flow, envelope }: HubbleRecord,
  origin: Origin | undefined,
  precision: Precision,
): ProcessEvent[] {
  if (flow === undefined) return [];
  const ends = endsOf(flow);
  const verdict = verdictOf(flow);
  const application = applicationOf(flow, ends);
  if (verdict === '' && application === undefined && !hasEnd(ends)) return [];
  const time = timeOf(flow.time) ?? timeOf(envelope.time) ?? origin?.time;
  const named = placeOf(flow, envelope, origin);
  const owner = ownerOf(flow, ends, named.node);
  const cluster = named.cluster ?? textOf(ends[owner.side].endpoint?.cluster_name);
  const place = { ...named, cluster: cluster ?? origin?.cluster };
  const base = baseOf(application?.protocol ?? 'flow', place, time, owner.process);
  if (application?.protocol !== 'dns') {
    return [withFlow(base, flowDetail(flow, ends, owner, application, precision), application)];
  }
  const asking = sightingOf(ends.source, named.node);
  return [
    {
      ...baseOf('dns', place, time, asking),
      kind: 'dns',
      dns: application.dns,
      flow: { ...flowDetail(flow, ends, owner, application, precision), direction: 'outbound' },
      ...(application.subject === undefined ? {} : { subject: application.subject }),
    },
  ];
}

function withFlow(
  base: ReturnType<typeof baseOf>,
  flow: FlowDetail,
  application: Application | undefined,
): ProcessEvent {
  const subject = application?.subject;
  return { ...base, kind: 'flow', flow, ...(subject === undefined ? {} : { subject }) };
}

function flowDetail(
  flow: JsonObject,
  ends: FlowEnds,
  { direction }: Owner,
  application: Application | undefined,
  precision: Precision,
): FlowDetail {
  const { source, destination, protocol } = ends;
  const host = application !== undefined && 'host' in application ? application.host : '';
  const sourcePod = flowPodOf(source.endpoint);
  const destinationPod = flowPodOf(destination.endpoint);
  return {
    direction,
    protocol,
    sourceIp: source.ip,
    sourcePort: source.port,
    destinationIp: destination.ip,
    destinationPort: destination.port,
    cookie: cookieOf(flow.socket_cookie, precision),
    names: host === '' ? destination.names : [host],
    verdict: verdictOf(flow),
    reason: reasonOf(flow),
    ...(sourcePod === undefined ? {} : { sourcePod }),
    ...(destinationPod === undefined ? {} : { destinationPod }),
  };
}

function baseOf(name: string, place: Place, time: Nanos | undefined, process?: Sighting) {
  const { node, cluster } = place;
  return {
    dialect: 'hubble' as const,
    label: labelOf('hubble', name),
    node,
    ancestors: [],
    ...(time === undefined ? {} : { time }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(process === undefined ? {} : { process }),
  };
}

function hasEnd({ source, destination }: FlowEnds): boolean {
  return [source, destination].some(
    ({ ip, endpoint }) => ip !== '' || Object.keys(endpoint ?? {}).length > 0,
  );
}

function rejected(detail: string): Decoded {
  return { kind: 'rejected', reason: 'no_event', detail };
}
