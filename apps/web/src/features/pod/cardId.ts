/** The document's id of a card, for `aria-activedescendant`. */
export function cardId(row: number): string {
  return `card-${row}`;
}
