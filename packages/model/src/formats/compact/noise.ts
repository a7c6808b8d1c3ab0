const FRAME = /^ {1,8}0x[0-9a-f]{1,16}: \S/;
const HASH = /^ {1,8}\S{1,4096} (?:[a-z0-9_-]{1,16}:)?[0-9a-f]{32,128}\s*$/;

/** Why a line that agents print below or beside their events is passed over; undefined: it is no such line. */
export function noiseOf(line: string): string | undefined {
  const bare = line.trimEnd();
  if (bare === 'Kernel:' || bare === 'User:' || FRAME.test(line)) return 'stack_trace';
  if (HASH.test(line)) return 'file_hash';
  return bare === 'TEST EVENT' ? 'test' : undefined;
}
