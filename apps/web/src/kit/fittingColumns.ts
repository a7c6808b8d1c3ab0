import { useSyncExternalStore } from 'react';

/** What of a column decides whether there is room for it, and how much it takes. */
export interface FittingColumn {
  /** A grid track with a pixel minimum, such as `minmax(160px, 2fr)` or `96px`. */
  readonly width: string;
  /** Pixels of the window from which on it is shown, for what stands elsewhere, too; absent: always. */
  readonly from?: number;
}

/** Below that the first column, which stays in sight, takes a fixed part, so that others are seen beside it. */
const SMALL = 560;
const FIRST_OF_SMALL = 0.54;

/** The columns that a window of this width has room for. */
export function fittingColumns<Column extends FittingColumn>(
  columns: readonly Column[],
  window: number,
): readonly Column[] {
  const kept = columns.filter(({ from = 0 }) => from <= window);
  const [first, ...others] = kept;
  if (window < SMALL && first !== undefined && others.length > 0)
    return [{ ...first, width: `${Math.round(window * FIRST_OF_SMALL)}px` }, ...others];
  return kept.length === columns.length ? columns : kept;
}

const GAP = 12;
const GUTTERS = 32;

/** Pixels that columns take at the least, their gaps and gutters included: below that a table scrolls sideways. */
export function leastWidth(columns: readonly FittingColumn[]): number {
  const tracks = columns.reduce(
    (sum, { width }) => sum + Number(/(\d+)px/.exec(width)?.[1] ?? 0),
    0,
  );
  return tracks + GAP * Math.max(0, columns.length - 1) + GUTTERS;
}

/** The window's width, rounded down to 20 pixels: a window that is dragged does not draw a table anew at each. */
export function useWindowWidth(): number {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('resize', listener);
      return () => window.removeEventListener('resize', listener);
    },
    () => Math.floor(window.innerWidth / 20) * 20,
  );
}
