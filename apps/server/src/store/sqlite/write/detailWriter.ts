import { type FactBatch, noTime } from '@forebear/model/event/factBatch';
import { splitLines } from '@forebear/model/event/rowLists';
import {
  answerRows,
  type ExitRows,
  exitRows,
  type LookupRows,
  lookupRows,
  type OpenRows,
  type SocketRows,
  socketRows,
} from '../layout/openRows.ts';
import type { BatchStrings } from './batchStrings.ts';
import type { CaseTables } from './caseTables.ts';

/** How the events of a batch were taken. `rowOf`: by event of the batch its row, -1 for a duplicate's. */
export interface TakenEvents {
  readonly rowOf: Int32Array;
  readonly strings: BatchStrings;
}

/** What kinds of events carry, as the open partition keeps it. */
export function detailsOf(
  batch: FactBatch,
  taken: TakenEvents,
): Pick<OpenRows, 'sockets' | 'cookies' | 'lookups' | 'exits' | 'answers'> {
  const lookups = lookupsOf(batch, taken);
  return {
    ...socketsOf(batch, taken),
    lookups,
    exits: exitsOf(batch, taken),
    answers: answersOf(batch, taken),
  };
}

function socketsOf(
  { sockets }: FactBatch,
  { rowOf, strings }: TakenEvents,
): { sockets: SocketRows; cookies: readonly string[] } {
  const rows = socketRows(sockets.count);
  const { columns } = rows;
  const cookies: string[] = [];
  let hasCookies = false;
  for (let at = 0; at < sockets.count; at += 1) {
    const event = rowOf[sockets.event[at] ?? 0] ?? -1;
    if (event < 0) continue;
    const row = rows.count;
    rows.count += 1;
    columns.event[row] = event;
    columns.protocol[row] = strings.idOf(sockets.protocol[at]);
    columns.sourceIp[row] = strings.addressOf(sockets.sourceIp[at]);
    columns.sourcePort[row] = sockets.sourcePort[at] ?? 0;
    columns.destinationIp[row] = strings.addressOf(sockets.destinationIp[at]);
    columns.destinationPort[row] = sockets.destinationPort[at] ?? 0;
    columns.bytesSent[row] = sockets.bytesSent[at] ?? -1n;
    columns.bytesReceived[row] = sockets.bytesReceived[at] ?? -1n;
    columns.names[row] = strings.idOf(sockets.names[at]);
    columns.nameEvidence[row] = strings.idOf(sockets.nameEvidence[at]);
    columns.peerNamespace[row] = strings.idOf(sockets.peerNamespace[at]);
    columns.peerName[row] = strings.idOf(sockets.peerName[at]);
    columns.peerWorkload[row] = strings.idOf(sockets.peerWorkload[at]);
    const cookie = strings.text(sockets.cookie[at]);
    cookies.push(cookie);
    hasCookies ||= cookie !== '';
  }
  return { sockets: rows, cookies: hasCookies ? cookies : [] };
}

function lookupsOf({ lookups }: FactBatch, { rowOf, strings }: TakenEvents): LookupRows {
  const rows = lookupRows(lookups.count);
  const { columns } = rows;
  for (let at = 0; at < lookups.count; at += 1) {
    const event = rowOf[lookups.event[at] ?? 0] ?? -1;
    if (event < 0) continue;
    const row = rows.count;
    rows.count += 1;
    columns.event[row] = event;
    columns.response[row] = lookups.response[at] === 1 ? 1 : 0;
    columns.rcode[row] = lookups.rcode[at] ?? 0;
    columns.names[row] = strings.idOf(lookups.names[at]);
    columns.ips[row] = strings.idOf(lookups.ips[at]);
    columns.types[row] = strings.idOf(lookups.types[at]);
    columns.resolverIp[row] = strings.addressOf(lookups.resolverIp[at]);
    columns.resolverPort[row] = lookups.resolverPort[at] ?? 0;
  }
  return rows;
}

/** The addresses that answers hold, each found by its canonical text. */
function answersOf({ lookups }: FactBatch, { rowOf, strings }: TakenEvents) {
  const events: number[] = [];
  const ips: number[] = [];
  for (let at = 0; at < lookups.count; at += 1) {
    const event = rowOf[lookups.event[at] ?? 0] ?? -1;
    if (event < 0 || lookups.response[at] !== 1) continue;
    for (const ip of splitLines(strings.text(lookups.ips[at]))) {
      events.push(event);
      ips.push(strings.idOfAddress(ip));
    }
  }
  const rows = answerRows(events.length);
  rows.count = events.length;
  rows.columns.event.set(events);
  rows.columns.ip.set(ips);
  return rows;
}

function exitsOf({ exits }: FactBatch, { rowOf, strings }: TakenEvents): ExitRows {
  const rows = exitRows(exits.count);
  const { columns } = rows;
  for (let at = 0; at < exits.count; at += 1) {
    const event = rowOf[exits.event[at] ?? 0] ?? -1;
    if (event < 0) continue;
    const row = rows.count;
    rows.count += 1;
    columns.event[row] = event;
    columns.code[row] = exits.code[at] ?? Number.NaN;
    columns.signal[row] = strings.idOf(exits.signal[at]);
  }
  return rows;
}

/** Writes what agents say they lost. `firstSeq`: the number of the first event taken. */
export function writeGaps(
  { db }: CaseTables,
  { gaps, events }: FactBatch,
  {
    rowOf,
    strings,
    source,
    firstSeq,
  }: TakenEvents & { readonly source: number; readonly firstSeq: number },
): void {
  if (gaps.count === 0) return;
  const insert = db.prepare('INSERT INTO gaps VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (let row = 0; row < gaps.count; row += 1) {
    const event = gaps.event[row] ?? 0;
    const at = rowOf[event] ?? -1;
    if (at < 0) continue;
    const lost = gaps.lost[row] ?? Number.NaN;
    const time = events.time[event] ?? noTime;
    insert.run(
      firstSeq + at,
      source,
      strings.text(events.cluster[event]),
      strings.text(events.node[event]),
      strings.text(gaps.kind[row]),
      time === noTime ? null : time,
      Number.isNaN(lost) ? null : lost,
      strings.text(gaps.detail[row]),
    );
  }
}
