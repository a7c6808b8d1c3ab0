/**
 * Records of the samples that are no events: by file, then by the line on which they begin, and why. Whatever else a sample holds, one
 * format claims.
 */
export const nonEvents: ReadonlyMap<string, ReadonlyMap<number, string>> = new Map([
  [
    'tetragon/cilium__tetragon__docs-json-blocks.ndjson',
    new Map([[13, 'one argument of a kprobe, explained in the documentation by itself']]),
  ],
  [
    'zeek/zeek__zeek__ascii-json-iso-timestamps_ssh.log',
    lines(2, 11, 'a time alone: a test of how Zeek prints them'),
  ],
  [
    'zeek/zeek__zeek__ascii-json_ssh.log',
    new Map([[2, 'a test of how Zeek prints types, with its times masked: no JSON']]),
  ],
]);

function lines(from: number, to: number, why: string): ReadonlyMap<number, string> {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return new Map(numbers.map((line) => [line, why]));
}
