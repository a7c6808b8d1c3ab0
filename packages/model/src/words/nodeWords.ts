/** What a node is called where people read: log lines may come without a node name. */
export function nodeWords(node: string): string {
  return node === '' ? '(no node name)' : node;
}
