import type { ProcessEvent, SocketDetail } from './event.ts';

/**
 * 64 bits of what an event says apart from how it was written: kind, label, process id, time and body, without
 * refcnt, pod and labels (D17). Two records with one sense are the same event in other bytes (`sameAs`).
 * Not keyed: a collision would need equal ids and nanosecond times, and costs only a count.
 */
export function senseOf(event: ProcessEvent): bigint {
  const hash = new Hash64();
  // One label may be several kinds: a kprobe's connect and close say the same of their socket.
  hash.add(event.kind);
  hash.add(event.label);
  hash.add(event.process?.id ?? '');
  hash.add(event.time === undefined ? '' : event.time.toString(36));
  hash.add(event.node);
  hash.add(event.subject ?? '');
  hash.add(event.action ?? '');
  if ('socket' in event) addSocket(hash, event.socket);
  else if ('dns' in event) {
    hash.add(String(event.dns.response));
    hash.add(String(event.dns.rcode));
    hash.add(event.dns.names.join());
    hash.add(event.dns.ips.join());
  } else if ('exit' in event) {
    hash.add(String(event.exit.code ?? ''));
    hash.add(event.exit.signal ?? '');
  } else if ('gap' in event) {
    hash.add(event.gap.gap);
    hash.add(String(event.gap.count ?? ''));
    hash.add(event.gap.cgroup ?? '');
  } else {
    hash.add(event.process?.arguments ?? '');
    hash.add(event.process?.binary ?? '');
  }
  return hash.end();
}

/** Two independent 32-bit multiplicative hashes over UTF-16 units (after cyrb53), joined. */
export function hash64(text: string): bigint {
  const hash = new Hash64();
  hash.add(text);
  return hash.end();
}

function addSocket(hash: Hash64, socket: SocketDetail): void {
  hash.add(socket.protocol);
  hash.add(socket.sourceIp);
  hash.add(String(socket.sourcePort));
  hash.add(socket.destinationIp);
  hash.add(String(socket.destinationPort));
  hash.add(socket.cookie);
  hash.add(socket.bytesSent === undefined ? '' : socket.bytesSent.toString());
  hash.add(socket.bytesReceived === undefined ? '' : socket.bytesReceived.toString());
}

/** The hash of texts in a row, each closed by a unit of its own. */
class Hash64 {
  #h1 = 0xdeadbeef;
  #h2 = 0x41c6ce57;

  add(text: string): void {
    let h1 = this.#h1;
    let h2 = this.#h2;
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      h1 = Math.imul(h1 ^ unit, 2654435761);
      h2 = Math.imul(h2 ^ unit, 1597334677);
    }
    // No UTF-16 unit has this value, so that the border between two texts cannot be moved.
    this.#h1 = Math.imul(h1 ^ 0x10000, 2654435761);
    this.#h2 = Math.imul(h2 ^ 0x10000, 1597334677);
  }

  end(): bigint {
    let h1 = this.#h1;
    let h2 = this.#h2;
    h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
    h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
    return (BigInt(h2 >>> 0) << 32n) | BigInt(h1 >>> 0);
  }
}
