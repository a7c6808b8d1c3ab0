import type { FactBatch } from '@forebear/model/event/factBatch';

/** The batch as if only the records that `keeps` keeps had been in it, without their bytes: records keep their rows. */
export function keepRecords(batch: FactBatch, keeps: (record: number) => boolean): FactBatch {
  const { events, sightings, sockets, lookups, exits, gaps, pods, containers } = batch;
  const { flows, alerts, audits } = batch;
  const keptEvent = rowsWhere(events.count, (row) => keeps(events.record[row] ?? 0));
  const keptSighting = rowsWhere(sightings.count, (row) => keeps(sightings.record[row] ?? 0));
  const isContainerUsed = usedRows(sightings.container, keptSighting, containers.count);
  const keptContainer = rowsWhere(containers.count, (row) => isContainerUsed[row] === 1);
  const isPodUsed = usedRows(sightings.pod, keptSighting, pods.count);
  for (const row of keptContainer.rows) {
    const pod = containers.pod[row] ?? -1;
    if (pod >= 0) isPodUsed[pod] = 1;
  }
  const keptPod = rowsWhere(pods.count, (row) => isPodUsed[row] === 1);
  const event = (rows: Kept, column: Uint32Array) =>
    rows.of(column).map((at) => keptEvent.moved[at] ?? 0);
  const ref = (rows: Kept, to: Kept, column: Int32Array) =>
    rows.of(column).map((at) => (at < 0 ? -1 : (to.moved[at] ?? -1)));
  const ofEvent = (count: number, column: Uint32Array) =>
    rowsWhere(count, (row) => (keptEvent.moved[column[row] ?? 0] ?? -1) >= 0);
  const s = ofEvent(sockets.count, sockets.event);
  const l = ofEvent(lookups.count, lookups.event);
  const x = ofEvent(exits.count, exits.event);
  const g = ofEvent(gaps.count, gaps.event);
  const f = ofEvent(flows.count, flows.event);
  const a = ofEvent(alerts.count, alerts.event);
  const u = ofEvent(audits.count, audits.event);
  return {
    ...batch,
    events: {
      count: keptEvent.rows.length,
      record: keptEvent.of(events.record),
      kind: keptEvent.of(events.kind),
      label: keptEvent.of(events.label),
      time: keptEvent.of(events.time),
      cluster: keptEvent.of(events.cluster),
      node: keptEvent.of(events.node),
      process: keptEvent.of(events.process),
      subject: keptEvent.of(events.subject),
      sense: keptEvent.of(events.sense),
    },
    sightings: {
      count: keptSighting.rows.length,
      record: keptSighting.of(sightings.record),
      rank: keptSighting.of(sightings.rank),
      cluster: keptSighting.of(sightings.cluster),
      node: keptSighting.of(sightings.node),
      id: keptSighting.of(sightings.id),
      parentId: keptSighting.of(sightings.parentId),
      pid: keptSighting.of(sightings.pid),
      nsPid: keptSighting.of(sightings.nsPid),
      uid: keptSighting.of(sightings.uid),
      auid: keptSighting.of(sightings.auid),
      user: keptSighting.of(sightings.user),
      cwd: keptSighting.of(sightings.cwd),
      binary: keptSighting.of(sightings.binary),
      arguments: keptSighting.of(sightings.arguments),
      flags: keptSighting.of(sightings.flags),
      startTime: keptSighting.of(sightings.startTime),
      ktime: keptSighting.of(sightings.ktime),
      traits: keptSighting.of(sightings.traits),
      pod: ref(keptSighting, keptPod, sightings.pod),
      container: ref(keptSighting, keptContainer, sightings.container),
      docker: keptSighting.of(sightings.docker),
      capabilities: keptSighting.of(sightings.capabilities),
    },
    pods: {
      count: keptPod.rows.length,
      cluster: keptPod.of(pods.cluster),
      namespace: keptPod.of(pods.namespace),
      name: keptPod.of(pods.name),
      uid: keptPod.of(pods.uid),
      workload: keptPod.of(pods.workload),
      workloadKind: keptPod.of(pods.workloadKind),
      labels: keptPod.of(pods.labels),
    },
    containers: {
      count: keptContainer.rows.length,
      pod: ref(keptContainer, keptPod, containers.pod),
      id: keptContainer.of(containers.id),
      name: keptContainer.of(containers.name),
      imageId: keptContainer.of(containers.imageId),
      imageName: keptContainer.of(containers.imageName),
      startTime: keptContainer.of(containers.startTime),
      privileged: keptContainer.of(containers.privileged),
    },
    sockets: {
      count: s.rows.length,
      event: event(s, sockets.event),
      protocol: s.of(sockets.protocol),
      sourceIp: s.of(sockets.sourceIp),
      sourcePort: s.of(sockets.sourcePort),
      destinationIp: s.of(sockets.destinationIp),
      destinationPort: s.of(sockets.destinationPort),
      cookie: s.of(sockets.cookie),
      bytesSent: s.of(sockets.bytesSent),
      bytesReceived: s.of(sockets.bytesReceived),
      names: s.of(sockets.names),
      nameEvidence: s.of(sockets.nameEvidence),
      peerNamespace: s.of(sockets.peerNamespace),
      peerName: s.of(sockets.peerName),
      peerWorkload: s.of(sockets.peerWorkload),
    },
    lookups: {
      count: l.rows.length,
      event: event(l, lookups.event),
      response: l.of(lookups.response),
      rcode: l.of(lookups.rcode),
      names: l.of(lookups.names),
      ips: l.of(lookups.ips),
      types: l.of(lookups.types),
      resolverIp: l.of(lookups.resolverIp),
      resolverPort: l.of(lookups.resolverPort),
    },
    exits: {
      count: x.rows.length,
      event: event(x, exits.event),
      code: x.of(exits.code),
      signal: x.of(exits.signal),
    },
    gaps: {
      count: g.rows.length,
      event: event(g, gaps.event),
      kind: g.of(gaps.kind),
      lost: g.of(gaps.lost),
      detail: g.of(gaps.detail),
    },
    flows: {
      count: f.rows.length,
      event: event(f, flows.event),
      direction: f.of(flows.direction),
      protocol: f.of(flows.protocol),
      sourceIp: f.of(flows.sourceIp),
      sourcePort: f.of(flows.sourcePort),
      destinationIp: f.of(flows.destinationIp),
      destinationPort: f.of(flows.destinationPort),
      cookie: f.of(flows.cookie),
      names: f.of(flows.names),
      verdict: f.of(flows.verdict),
      reason: f.of(flows.reason),
      bytesSent: f.of(flows.bytesSent),
      bytesReceived: f.of(flows.bytesReceived),
      end: f.of(flows.end),
      sourceNamespace: f.of(flows.sourceNamespace),
      sourceName: f.of(flows.sourceName),
      sourceWorkload: f.of(flows.sourceWorkload),
      destinationNamespace: f.of(flows.destinationNamespace),
      destinationName: f.of(flows.destinationName),
      destinationWorkload: f.of(flows.destinationWorkload),
    },
    alerts: {
      count: a.rows.length,
      event: event(a, alerts.event),
      rule: a.of(alerts.rule),
      severity: a.of(alerts.severity),
      severityWord: a.of(alerts.severityWord),
      tags: a.of(alerts.tags),
      output: a.of(alerts.output),
      action: a.of(alerts.action),
      enforcer: a.of(alerts.enforcer),
      result: a.of(alerts.result),
      blocked: a.of(alerts.blocked),
    },
    audits: {
      count: u.rows.length,
      event: event(u, audits.event),
      auditId: u.of(audits.auditId),
      stage: u.of(audits.stage),
      verb: u.of(audits.verb),
      user: u.of(audits.user),
      groups: u.of(audits.groups),
      impersonating: u.of(audits.impersonating),
      sourceIps: u.of(audits.sourceIps),
      userAgent: u.of(audits.userAgent),
      resource: u.of(audits.resource),
      subresource: u.of(audits.subresource),
      apiGroup: u.of(audits.apiGroup),
      namespace: u.of(audits.namespace),
      name: u.of(audits.name),
      decision: u.of(audits.decision),
      code: u.of(audits.code),
      container: u.of(audits.container),
      command: u.of(audits.command),
      received: u.of(audits.received),
      callerNamespace: u.of(audits.callerNamespace),
      callerPod: u.of(audits.callerPod),
    },
  };
}

/** The kept rows of one table. */
interface Kept {
  readonly rows: readonly number[];
  /** New row by old row; -1: gone. */
  readonly moved: Int32Array;
  readonly of: Pick;
}

type Column = Uint8Array | Uint32Array | Int32Array | Float64Array | BigInt64Array | BigUint64Array;

interface Pick {
  (column: Uint8Array): Uint8Array;
  (column: Uint32Array): Uint32Array;
  (column: Int32Array): Int32Array;
  (column: Float64Array): Float64Array;
  (column: BigInt64Array): BigInt64Array;
  (column: BigUint64Array): BigUint64Array;
}

function rowsWhere(count: number, keep: (row: number) => boolean): Kept {
  const rows: number[] = [];
  const moved = new Int32Array(count).fill(-1);
  for (let row = 0; row < count; row += 1) {
    if (!keep(row)) continue;
    moved[row] = rows.length;
    rows.push(row);
  }
  return { rows, moved, of: pickOf((row) => (moved[row] ?? -1) >= 0) };
}

function pickOf(keeps: (row: number) => boolean): Pick {
  const keep = (_value: unknown, row: number): boolean => keeps(row);
  function pick(column: Uint8Array): Uint8Array;
  function pick(column: Uint32Array): Uint32Array;
  function pick(column: Int32Array): Int32Array;
  function pick(column: Float64Array): Float64Array;
  function pick(column: BigInt64Array): BigInt64Array;
  function pick(column: BigUint64Array): BigUint64Array;
  function pick(column: Column): Column {
    if (column instanceof Uint8Array) return column.filter(keep);
    if (column instanceof Uint32Array) return column.filter(keep);
    if (column instanceof Int32Array) return column.filter(keep);
    if (column instanceof Float64Array) return column.filter(keep);
    if (column instanceof BigInt64Array) return column.filter(keep);
    return column.filter(keep);
  }
  return pick;
}

function usedRows(column: Int32Array, { rows }: Kept, count: number): Uint8Array {
  const used = new Uint8Array(count);
  for (const row of rows) {
    const at = column[row] ?? -1;
    if (at >= 0) used[at] = 1;
  }
  return used;
}
