import type { DnsDetail, ExitDetail, GapDetail, ProcessEvent, SocketDetail } from './event.ts';
import type { ExitColumns, GapColumns, LookupColumns, SocketColumns } from './factBatch.ts';
import type { BodyShape, KnownBody } from './knownBody.ts';
import { columnLists, counter64, Int64List, joinLines } from './rowLists.ts';
import type { StringTable } from './stringTable.ts';

/** The rows of what single kinds of events say: sockets, lookups, exits, gaps. */
export class DetailRows {
  readonly #strings: StringTable;
  readonly #sockets = columnLists({
    event: Uint32Array,
    protocol: Uint32Array,
    sourceIp: Uint32Array,
    sourcePort: Uint32Array,
    destinationIp: Uint32Array,
    destinationPort: Uint32Array,
    cookie: Uint32Array,
    names: Uint32Array,
    nameEvidence: Uint32Array,
    peerNamespace: Uint32Array,
    peerName: Uint32Array,
    peerWorkload: Uint32Array,
  });
  readonly #bytesSent = new Int64List();
  readonly #bytesReceived = new Int64List();
  readonly #lookups = columnLists({
    event: Uint32Array,
    response: Uint8Array,
    rcode: Uint32Array,
    names: Uint32Array,
    ips: Uint32Array,
    types: Uint32Array,
    resolverIp: Uint32Array,
    resolverPort: Uint32Array,
  });
  readonly #exits = columnLists({
    event: Uint32Array,
    code: Float64Array,
    signal: Uint32Array,
  });
  readonly #gaps = columnLists({
    event: Uint32Array,
    kind: Uint32Array,
    lost: Float64Array,
    detail: Uint32Array,
  });

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

  /** The same of an event whose body compiled code has read. */
  addBody(row: number, shape: BodyShape, body: KnownBody): void {
    if (shape === 'socket') this.#addSocketBody(row, body);
    else if (shape === 'dns') this.#addLookupBody(row, body);
    else if (shape === 'exit') {
      const code = body.numberOf('code');
      this.#exits.event.push(row);
      this.#exits.code.push(code < 0 ? Number.NaN : code);
      this.#exits.signal.push(body.indexOf('signal'));
    }
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
        event: this.#exits.event.finish(),
        code: this.#exits.code.finish(),
        signal: this.#exits.signal.finish(),
      },
      gaps: {
        count: this.#gaps.event.length,
        event: this.#gaps.event.finish(),
        kind: this.#gaps.kind.finish(),
        lost: this.#gaps.lost.finish(),
        detail: this.#gaps.detail.finish(),
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

  #addSocketBody(row: number, body: KnownBody): void {
    const columns = this.#sockets;
    columns.event.push(row);
    columns.protocol.push(body.indexOf('protocol'));
    columns.sourceIp.push(body.indexOf('sourceIp'));
    columns.sourcePort.push(body.numberOf('sourcePort'));
    columns.destinationIp.push(body.indexOf('destinationIp'));
    columns.destinationPort.push(body.numberOf('destinationPort'));
    columns.cookie.push(body.indexOf('cookie'));
    columns.names.push(body.indexOf('names'));
    columns.nameEvidence.push(body.indexOf('nameEvidence'));
    columns.peerNamespace.push(body.indexOf('peerNamespace'));
    columns.peerName.push(body.indexOf('peerName'));
    columns.peerWorkload.push(body.indexOf('peerWorkload'));
    this.#bytesSent.pushHalves(body.numberOf('sentLow'), body.numberOf('sentHigh'));
    this.#bytesReceived.pushHalves(body.numberOf('receivedLow'), body.numberOf('receivedHigh'));
  }

  #addLookupBody(row: number, body: KnownBody): void {
    const columns = this.#lookups;
    columns.event.push(row);
    columns.response.push(body.numberOf('response'));
    columns.rcode.push(body.numberOf('rcode'));
    columns.names.push(body.indexOf('asked'));
    columns.ips.push(body.indexOf('ips'));
    columns.types.push(body.indexOf('types'));
    columns.resolverIp.push(body.indexOf('resolverIp'));
    columns.resolverPort.push(body.numberOf('resolverPort'));
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
      event: columns.event.finish(),
      protocol: columns.protocol.finish(),
      sourceIp: columns.sourceIp.finish(),
      sourcePort: columns.sourcePort.finish(),
      destinationIp: columns.destinationIp.finish(),
      destinationPort: columns.destinationPort.finish(),
      cookie: columns.cookie.finish(),
      bytesSent: this.#bytesSent.finish(),
      bytesReceived: this.#bytesReceived.finish(),
      names: columns.names.finish(),
      nameEvidence: columns.nameEvidence.finish(),
      peerNamespace: columns.peerNamespace.finish(),
      peerName: columns.peerName.finish(),
      peerWorkload: columns.peerWorkload.finish(),
    };
  }

  #lookupColumns(): LookupColumns {
    const columns = this.#lookups;
    return {
      count: columns.event.length,
      event: columns.event.finish(),
      response: columns.response.finish(),
      rcode: columns.rcode.finish(),
      names: columns.names.finish(),
      ips: columns.ips.finish(),
      types: columns.types.finish(),
      resolverIp: columns.resolverIp.finish(),
      resolverPort: columns.resolverPort.finish(),
    };
  }
}
