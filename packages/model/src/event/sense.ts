import type { ProcessEvent } from './event.ts';

/**
 * 64 bits of what an event says apart from how it was written: kind, label, process id, time and body, without
 * refcnt, pod and labels (D17). Two records with one sense are the same event in other bytes (`sameAs`).
 * Not keyed: a collision would need equal ids and nanosecond times, and costs only a count.
 */
export function senseOf(event: ProcessEvent): bigint {
  const parts: string[] = [
    event.label,
    event.process?.id ?? '',
    event.time === undefined ? '' : event.time.toString(36),
    event.node,
    event.subject ?? '',
    event.action ?? '',
  ];
  if ('socket' in event) {
    const { socket } = event;
    parts.push(
      socket.protocol,
      socket.sourceIp,
      String(socket.sourcePort),
      socket.destinationIp,
      String(socket.destinationPort),
      socket.cookie,
      String(socket.bytesSent ?? ''),
      String(socket.bytesReceived ?? ''),
    );
  } else if ('dns' in event) {
    parts.push(
      String(event.dns.response),
      String(event.dns.rcode),
      event.dns.names.join(),
      event.dns.ips.join(),
    );
  } else if ('exit' in event) {
    parts.push(String(event.exit.code ?? ''), event.exit.signal ?? '');
  } else if ('gap' in event) {
    parts.push(event.gap.gap, String(event.gap.count ?? ''), event.gap.cgroup ?? '');
  } else {
    parts.push(event.process?.arguments ?? '', event.process?.binary ?? '');
  }
  return hash64(parts.join('\0'));
}

/** Two independent 32-bit multiplicative hashes over UTF-16 units (after cyrb53), joined. */
export function hash64(text: string): bigint {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ unit, 2654435761);
    h2 = Math.imul(h2 ^ unit, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return (BigInt(h2 >>> 0) << 32n) | BigInt(h1 >>> 0);
}
