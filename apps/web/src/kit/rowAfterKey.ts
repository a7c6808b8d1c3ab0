/** The row a key leads to in a list of `count` rows; undefined: the key is not one of the list's. */
export function rowAfterKey(
  pressed: {
    readonly key: string;
    readonly ctrlKey: boolean;
    readonly altKey: boolean;
    readonly metaKey: boolean;
  },
  current: number,
  count: number,
  page: number,
): number | undefined {
  if (count === 0 || pressed.altKey || pressed.metaKey) return undefined;
  const within = (row: number) => Math.max(0, Math.min(count - 1, row));
  switch (pressed.key) {
    case 'ArrowDown':
      return within(current + 1);
    case 'ArrowUp':
      return within(current - 1);
    case 'PageDown':
      return within(current + page);
    case 'PageUp':
      return within(current - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
