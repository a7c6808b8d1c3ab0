import type { SocketFact } from '../event/facts.ts';

/**
 * The ends of a socket event that may be the remote: the far end, both where the record cannot tell which one that is
 * (accept, close, statistics), and for a listener where it listens.
 */
export function remotesOf(
  kind: SocketFact['kind'],
  socket: Pick<SocketFact, 'sourceIp' | 'sourcePort' | 'destinationIp' | 'destinationPort'>,
): { readonly ip: string; readonly port: number }[] {
  const source = { ip: socket.sourceIp, port: socket.sourcePort };
  const destination = { ip: socket.destinationIp, port: socket.destinationPort };
  switch (kind) {
    case 'connect':
    case 'send':
    case 'tls':
    case 'http':
      return [destination];
    case 'listen':
      return [source.port === 0 ? destination : source];
    case 'accept':
    case 'close':
    case 'sock_stats':
      return [destination, source];
  }
}
