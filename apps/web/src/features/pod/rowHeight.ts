/** Pixels of a row; the style sheet has the same. */
export const ROW_HEIGHT = 28;
