/**
 * A number that both ends of a conversation share, however their agents print the ends: the store finds candidate
 * peers by it, the graph decides. Collisions cost a look, never a wrong answer.
 */
export function conversationOf(
  protocol: string,
  ipA: string,
  portA: number,
  ipB: string,
  portB: number,
): number {
  const a = `${plainIp(ipA)} ${portA}`;
  const b = `${plainIp(ipB)} ${portB}`;
  return numberOf(a < b ? `${protocol} ${a} ${b}` : `${protocol} ${b} ${a}`);
}

/** The number under which every listening socket on a port is found: its address says little behind a service. */
export function listenOf(protocol: string, port: number): number {
  return numberOf(`listen ${protocol} ${port}`);
}

/** An IPv4 address mapped into IPv6 is that address. */
function plainIp(ip: string): string {
  return ip.startsWith('::ffff:') && ip.includes('.') ? ip.slice(7) : ip;
}

/** 52 bits of a multiplicative hash: a safe integer. */
function numberOf(text: string): number {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    high = Math.imul(high ^ unit, 0x85ebca77);
    low = Math.imul(low ^ unit, 0xc2b2ae3d);
  }
  high ^= high >>> 15;
  low ^= low >>> 13;
  return (high >>> 12) * 0x1_0000_0000 + (low >>> 0);
}
