import type { ProcessEvent, SocketDetail } from '../event/event.ts';

/**
 * What an event says, in one line for lists, without its process: `→ 10.96.0.10:53 UDP`, `exited 137 SIGKILL`,
 * `read /etc/passwd`. Log text is passed on as it is: surfaces escape.
 */
export function summaryOf(event: ProcessEvent): string {
  switch (event.kind) {
    case 'exec':
      return ['exec', event.process?.binary, event.process?.arguments].filter(isSaid).join(' ');
    case 'exit':
      return exitSummary(event.exit);
    case 'connect':
      return `→ ${remote(event.socket)}`;
    case 'send':
      return `→ ${remote(event.socket)} sent`;
    case 'accept':
      return `← ${endpoint(event.socket.sourceIp, event.socket.sourcePort)} ${event.socket.protocol}`.trimEnd();
    case 'listen':
      return `listens on ${endpoint(event.socket.sourceIp, event.socket.sourcePort)} ${event.socket.protocol}`.trimEnd();
    case 'close':
      return `closed ${remote(event.socket)}${counters(event.socket)}`;
    case 'sock_stats':
      return `↔ ${remote(event.socket)}${counters(event.socket)}`;
    case 'tls':
      return `TLS ${event.socket.names[0] ?? remote(event.socket)}`;
    case 'http':
      return ['HTTP', event.subject, event.socket.names[0]].filter(isSaid).join(' ');
    case 'dns':
      return dnsSummary(event.dns);
    case 'throttle':
    case 'rate_limit':
      return gapSummary(event.gap);
    case 'file':
      return event.subject ?? event.label;
    case 'kprobe':
    case 'tracepoint':
    case 'uprobe':
    case 'usdt':
    case 'lsm':
    case 'loader':
      return [event.kind, event.subject, event.action].filter(isSaid).join(' ');
    case 'other':
      return [event.label, event.subject].filter(isSaid).join(' ');
  }
}

function exitSummary(exit: { readonly code?: number; readonly signal?: string }): string {
  const words = [exit.code === undefined ? undefined : String(exit.code), exit.signal];
  const said = words.filter(isSaid);
  return said.length === 0 ? 'exited, code unknown' : `exited ${said.join(' ')}`;
}

function remote(socket: SocketDetail): string {
  const [name] = socket.names;
  const end = endpoint(name ?? socket.destinationIp, socket.destinationPort);
  return `${end} ${socket.protocol}`.trimEnd();
}

function endpoint(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function counters({ bytesSent, bytesReceived }: SocketDetail): string {
  if (bytesSent === undefined && bytesReceived === undefined) return '';
  return `, sent ${bytesSent ?? 0n} B, received ${bytesReceived ?? 0n} B`;
}

function dnsSummary(dns: (ProcessEvent & { kind: 'dns' })['dns']): string {
  const asked = [...dns.types, ...dns.names].join(' ');
  if (!dns.response) return `asks ${asked}`.trimEnd();
  if (dns.rcode === 3) return `no such name: ${dns.names.join(' ')}`;
  if (dns.rcode !== 0) return `DNS error ${dns.rcode}: ${dns.names.join(' ')}`;
  return `${dns.names.join(' ')} is ${dns.ips.length === 0 ? 'empty' : dns.ips.join(', ')}`;
}

function gapSummary(gap: (ProcessEvent & { kind: 'rate_limit' })['gap']): string {
  switch (gap.gap) {
    case 'rate_limit':
      return `rate limit: ${gap.count ?? 'some'} events dropped`;
    case 'throttle_start':
      return `throttled: ${gap.cgroup ?? 'a cgroup'}`;
    case 'throttle_stop':
      return `no longer throttled: ${gap.cgroup ?? 'a cgroup'}`;
  }
}

function isSaid(word: string | undefined): word is string {
  return word !== undefined && word !== '';
}
