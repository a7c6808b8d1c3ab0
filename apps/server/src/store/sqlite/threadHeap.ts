const MIB = 2 ** 20;
/** Less than this derives no case worth deriving, whatever the machine says of itself. */
const LEAST_MB = 512;

/**
 * How much a thread of the store may keep, in MiB: half of what the machine, or the group that it is held in, has. What the largest
 * case needs, one thread needs at a time, but for lists that are gathered while a tree is looked at.
 *
 * @param total of the machine, in bytes
 * @param constrained of the group, as Node tells it
 */
export function heapOfThreadMb(total: number, constrained: number): number {
  // No limit is told as 0, or as a number beyond all memory there is.
  const isHeld = constrained > 0 && constrained < total;
  return Math.max(LEAST_MB, Math.floor((isHeld ? constrained : total) / 2 / MIB));
}
