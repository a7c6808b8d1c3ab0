import type { FlowDetail } from '../event/event.ts';
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

/** The ends of a flow that may be the remote: the one that is not the pod whose flow it is, both where nobody says which that is. */
export function remotesOfFlow(
  flow: Pick<
    FlowDetail,
    'direction' | 'sourceIp' | 'sourcePort' | 'destinationIp' | 'destinationPort'
  >,
): { readonly ip: string; readonly port: number }[] {
  const source = { ip: flow.sourceIp, port: flow.sourcePort };
  const destination = { ip: flow.destinationIp, port: flow.destinationPort };
  switch (flow.direction) {
    case 'outbound':
      return [destination];
    case 'inbound':
      return [source];
    case 'unknown':
      return [destination, source];
  }
}
