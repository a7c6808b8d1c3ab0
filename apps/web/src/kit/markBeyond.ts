/** Marks on an element (`data-beyond`) that a box has columns beyond its right edge, so that its style can say so. */
export function markBeyond(box: HTMLElement | null, marked: HTMLElement | null = box): void {
  const { scrollWidth = 0, scrollLeft = 0, clientWidth = 0 } = box ?? {};
  marked?.toggleAttribute('data-beyond', scrollWidth - scrollLeft - clientWidth > 1);
}
