/** Lines that did not touch, with a newline between, so that framing them again finds the same record. */
export function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  const total = lines.reduce((sum, line) => sum + line.length + 1, -1);
  const joined = new Uint8Array(Math.max(total, 0)).fill(10);
  let at = 0;
  for (const line of lines) {
    joined.set(line, at);
    at += line.length + 1;
  }
  return joined;
}
