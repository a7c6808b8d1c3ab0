const names = new Map([
  [1, 'FORMERR'],
  [2, 'SERVFAIL'],
  [3, 'NXDOMAIN'],
  [4, 'NOTIMP'],
  [5, 'REFUSED'],
]);

/** What a resolver answered instead of an address, as DNS calls it; a code that we do not know is said as it came. */
export function rcodeName(rcode: number): string {
  return names.get(rcode) ?? `rcode ${rcode}`;
}
