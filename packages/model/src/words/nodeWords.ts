/** Fewer events than this say nothing of how often they come. */
const ENOUGH = 10;

/** Whether events between a first and a last one tell a rate: two of them would tell any. */
export function tellsRate({
  events,
  rate,
}: {
  readonly events: number;
  readonly rate: number;
}): boolean {
  return events >= ENOUGH && rate > 0;
}

/** What a node is called where people read: log lines may come without a node name. */
export function nodeWords(node: string): string {
  return node === '' ? '(no node name)' : node;
}
