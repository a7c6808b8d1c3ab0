/** An event this long after the reported end means that the process lived on (D10); less is the last sockets closing, in ns. */
export const REOPENS = 100_000_000n;
