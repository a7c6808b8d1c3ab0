import type { DnsDetail, ExitDetail, GapDetail, ProcessEvent, SocketDetail } from './event.ts';
import type { ExitColumns, GapColumns, LookupColumns, SocketColumns } from './factBatch.ts';
import { columnLists, counter64, Int64List, joinLines, type StringTable } from './rowLists.ts';

/** The rows of what single kinds of events say: sockets, lookups, exits, gaps. */
export class DetailRows {
  readonly #strings: StringTable;
  readonly #sockets = columnLists(
    'event',
    'protocol',
    'sourceIp',
    'sourcePort',
    'destinationIp',
    'destinationPort',
    'cookie',
    'names',
    'nameEvidence',
    'peerNamespace',
    'peerName',
    'peerWorkload',
  );
  readonly #bytesSent = new Int64List();
  readonly #bytesReceived = new Int64List();
  readonly #lookups = columnLists(
    'event',
    'response',
    'rcode',
    'names',
    'ips',
    'types',
    'resolverIp',
    'resolverPort',
  );
  readonly #exits = columnLists('event', 'code', 'signal');
  readonly #gaps = columnLists('event', 'kind', 'lost', 'detail');

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  /** Takes what an event has beyond its kind; `row` is the event's. */
  add(row: number, event: ProcessEvent): void {
    if ('socket' in event) this.#addSocket(row, event.socket);
    else if ('dns' in event) this.#addLookup(row, event.dns);
    else if ('exit' in event) this.#addExit(row, event.exit);
    else if ('gap' in event) this.#addGap(row, event.gap);
  }

  finish(): {
    readonly sockets: SocketColumns;
    readonly lookups: LookupColumns;
    readonly exits: ExitColumns;
    readonly gaps: GapColumns;
  } {
    return {
      sockets: this.#socketColumns(),
      lookups: this.#lookupColumns(),
      exits: {
        count: this.#exits.event.length,
        event: new Uint32Array(this.#exits.event),
        code: new Float64Array(this.#exits.code),
        signal: new Uint32Array(this.#exits.signal),
      },
      gaps: {
        count: this.#gaps.event.length,
        event: new Uint32Array(this.#gaps.event),
        kind: new Uint32Array(this.#gaps.kind),
        lost: new Float64Array(this.#gaps.lost),
        detail: new Uint32Array(this.#gaps.detail),
      },
    };
  }

  #addSocket(row: number, socket: SocketDetail): void {
    const strings = this.#strings;
    const columns = this.#sockets;
    columns.event.push(row);
    columns.protocol.push(strings.indexOf(socket.protocol));
    columns.sourceIp.push(strings.indexOf(socket.sourceIp));
    columns.sourcePort.push(socket.sourcePort);
    columns.destinationIp.push(strings.indexOf(socket.destinationIp));
    columns.destinationPort.push(socket.destinationPort);
    columns.cookie.push(strings.indexOf(socket.cookie));
    columns.names.push(strings.indexOf(joinLines(socket.names)));
    columns.nameEvidence.push(strings.indexOf(socket.nameEvidence));
    columns.peerNamespace.push(strings.indexOf(socket.peerPod?.namespace));
    columns.peerName.push(strings.indexOf(socket.peerPod?.name));
    columns.peerWorkload.push(strings.indexOf(socket.peerPod?.workload));
    this.#bytesSent.push(counter64(socket.bytesSent));
    this.#bytesReceived.push(counter64(socket.bytesReceived));
  }

  #addLookup(row: number, dns: DnsDetail): void {
    const strings = this.#strings;
    const columns = this.#lookups;
    columns.event.push(row);
    columns.response.push(dns.response ? 1 : 0);
    columns.rcode.push(dns.rcode);
    columns.names.push(strings.indexOf(joinLines(dns.names)));
    columns.ips.push(strings.indexOf(joinLines(dns.ips)));
    columns.types.push(strings.indexOf(joinLines(dns.types)));
    columns.resolverIp.push(strings.indexOf(dns.resolverIp));
    columns.resolverPort.push(dns.resolverPort);
  }

  #addExit(row: number, exit: ExitDetail): void {
    this.#exits.event.push(row);
    this.#exits.code.push(exit.code ?? Number.NaN);
    this.#exits.signal.push(this.#strings.indexOf(exit.signal));
  }

  #addGap(row: number, gap: GapDetail): void {
    this.#gaps.event.push(row);
    this.#gaps.kind.push(this.#strings.indexOf(gap.gap));
    this.#gaps.lost.push(gap.count ?? Number.NaN);
    this.#gaps.detail.push(this.#strings.indexOf(gap.cgroup));
  }

  #socketColumns(): SocketColumns {
    const columns = this.#sockets;
    return {
      count: columns.event.length,
      event: new Uint32Array(columns.event),
      protocol: new Uint32Array(columns.protocol),
      sourceIp: new Uint32Array(columns.sourceIp),
      sourcePort: new Uint32Array(columns.sourcePort),
      destinationIp: new Uint32Array(columns.destinationIp),
      destinationPort: new Uint32Array(columns.destinationPort),
      cookie: new Uint32Array(columns.cookie),
      bytesSent: this.#bytesSent.finish(),
      bytesReceived: this.#bytesReceived.finish(),
      names: new Uint32Array(columns.names),
      nameEvidence: new Uint32Array(columns.nameEvidence),
      peerNamespace: new Uint32Array(columns.peerNamespace),
      peerName: new Uint32Array(columns.peerName),
      peerWorkload: new Uint32Array(columns.peerWorkload),
    };
  }

  #lookupColumns(): LookupColumns {
    const columns = this.#lookups;
    return {
      count: columns.event.length,
      event: new Uint32Array(columns.event),
      response: new Uint8Array(columns.response),
      rcode: new Uint32Array(columns.rcode),
      names: new Uint32Array(columns.names),
      ips: new Uint32Array(columns.ips),
      types: new Uint32Array(columns.types),
      resolverIp: new Uint32Array(columns.resolverIp),
      resolverPort: new Uint32Array(columns.resolverPort),
    };
  }
}
