/**
 * A number that both ends of a conversation share, however their agents print the ends: the store finds candidate
 * peers by it, the graph decides. Addresses are ids of the case's strings. Collisions cost a look, never a wrong answer.
 */
export function conversationOf(ipA: number, portA: number, ipB: number, portB: number): number {
  const a = ipA * 65_536 + portA;
  const b = ipB * 65_536 + portB;
  return a < b ? mix(a, b) : mix(b, a);
}

/** The number under which every listening socket on a port is found: its address says little behind a service. */
export function listenOf(port: number): number {
  return mix(-1, port);
}

/** 52 bits of a multiplicative hash: a safe integer. */
function mix(a: number, b: number): number {
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (const part of [
    a % 0x1_0000_0000,
    Math.floor(a / 0x1_0000_0000),
    b % 0x1_0000_0000,
    Math.floor(b / 0x1_0000_0000),
  ]) {
    high = Math.imul(high ^ part, 0x85ebca77);
    high ^= high >>> 15;
    low = Math.imul(low ^ part, 0xc2b2ae3d);
    low ^= low >>> 13;
  }
  return (high >>> 12) * 0x1_0000_0000 + (low >>> 0);
}
