import type { ArenaRows } from './arenaRows.ts';
import type { DnsDetail, ExitDetail, GapDetail, ProcessEvent, SocketDetail } from './event.ts';
import type { ExitColumns, GapColumns, LookupColumns, SocketColumns } from './factBatch.ts';
import { type JudgementColumns, JudgementRows } from './judgementRows.ts';
import { counter64, joinLines } from './rowLists.ts';
import type { StringTable } from './stringTable.ts';
import { Table } from './table.ts';
import { exitLayout, gapLayout, lookupLayout, socketLayout } from './tables.ts';

/** The rows of what single kinds of events say, and of alerts. */
export class DetailRows {
  readonly #strings: StringTable;
  readonly #sockets: Table<typeof socketLayout>;
  readonly #lookups: Table<typeof lookupLayout>;
  readonly #exits: Table<typeof exitLayout>;
  readonly #gaps = new Table(gapLayout);
  readonly #judgements: JudgementRows;

  constructor(strings: StringTable, rows?: ArenaRows) {
    this.#strings = strings;
    this.#judgements = new JudgementRows(strings);
    this.#sockets = new Table(socketLayout, rows?.sockets);
    this.#lookups = new Table(lookupLayout, rows?.lookups);
    this.#exits = new Table(exitLayout, rows?.exits);
  }

  /** Compiled code may add to them. */
  get areInPlace(): boolean {
    return this.#sockets.isInPlace && this.#lookups.isInPlace && this.#exits.isInPlace;
  }

  /** Takes what an event has beyond its kind; `row` is the event's. */
  add(row: number, event: ProcessEvent): void {
    if ('socket' in event) this.#addSocket(row, event.socket);
    else if ('dns' in event) this.#addLookup(row, event.dns);
    else if ('exit' in event) this.#addExit(row, event.exit);
    else if ('gap' in event) this.#addGap(row, event.gap);
    else if ('audit' in event) this.#judgements.addAudit(row, event.audit);
    if ('flow' in event && event.flow !== undefined) this.#judgements.addFlow(row, event.flow);
    if (event.alert !== undefined) this.#judgements.addAlert(row, event.alert);
  }

  finish(): {
    readonly sockets: SocketColumns;
    readonly lookups: LookupColumns;
    readonly exits: ExitColumns;
    readonly gaps: GapColumns;
  } & JudgementColumns {
    return {
      sockets: this.#sockets.finish(),
      lookups: this.#lookups.finish(),
      exits: this.#exits.finish(),
      gaps: this.#gaps.finish(),
      ...this.#judgements.finish(),
    };
  }

  #addSocket(event: number, socket: SocketDetail): void {
    const strings = this.#strings;
    const row = this.#sockets.add();
    const { columns } = this.#sockets;
    columns.event[row] = event;
    columns.protocol[row] = strings.indexOf(socket.protocol);
    columns.sourceIp[row] = strings.indexOf(socket.sourceIp);
    columns.sourcePort[row] = socket.sourcePort;
    columns.destinationIp[row] = strings.indexOf(socket.destinationIp);
    columns.destinationPort[row] = socket.destinationPort;
    columns.cookie[row] = strings.indexOf(socket.cookie);
    columns.names[row] = strings.indexOf(joinLines(socket.names));
    columns.nameEvidence[row] = strings.indexOf(socket.nameEvidence);
    columns.peerNamespace[row] = strings.indexOf(socket.peerPod?.namespace);
    columns.peerName[row] = strings.indexOf(socket.peerPod?.name);
    columns.peerWorkload[row] = strings.indexOf(socket.peerPod?.workload);
    columns.bytesSent[row] = counter64(socket.bytesSent);
    columns.bytesReceived[row] = counter64(socket.bytesReceived);
  }

  #addLookup(event: number, dns: DnsDetail): void {
    const strings = this.#strings;
    const row = this.#lookups.add();
    const { columns } = this.#lookups;
    columns.event[row] = event;
    columns.response[row] = dns.response ? 1 : 0;
    columns.rcode[row] = dns.rcode;
    columns.names[row] = strings.indexOf(joinLines(dns.names));
    columns.ips[row] = strings.indexOf(joinLines(dns.ips));
    columns.types[row] = strings.indexOf(joinLines(dns.types));
    columns.resolverIp[row] = strings.indexOf(dns.resolverIp);
    columns.resolverPort[row] = dns.resolverPort;
  }

  #addExit(event: number, exit: ExitDetail): void {
    const row = this.#exits.add();
    const { columns } = this.#exits;
    columns.event[row] = event;
    columns.code[row] = exit.code ?? Number.NaN;
    columns.signal[row] = this.#strings.indexOf(exit.signal);
  }

  #addGap(event: number, gap: GapDetail): void {
    const row = this.#gaps.add();
    const { columns } = this.#gaps;
    columns.event[row] = event;
    columns.kind[row] = this.#strings.indexOf(gap.gap);
    columns.lost[row] = gap.count ?? Number.NaN;
    columns.detail[row] = this.#strings.indexOf(gap.cgroup);
  }
}
