/** Gives the tree the focus, so that its keys act: the graph, or the row that Tab leads to. */
export function focusTree(): void {
  const target =
    document.querySelector<HTMLElement>('[role="treegrid"] [role="row"][tabindex="0"]') ??
    document.querySelector<HTMLElement>('[role="treegrid"]') ??
    document.querySelector<HTMLElement>('[role="tree"]');
  target?.focus({ preventScroll: true });
}
