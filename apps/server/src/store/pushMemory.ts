/** How long the answer to a push is kept for a repeat of its key: 24 h in nanoseconds. */
export const pushMemoryNs = 86_400_000_000_000n;
