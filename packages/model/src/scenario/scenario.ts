/** A generated log and what is true in it, so that a test can ask and compare. */
export type Scenario<Truth> = {
  /** Export lines without newlines, in the order of the file. */
  readonly lines: readonly string[];
  readonly truth: Truth;
};
