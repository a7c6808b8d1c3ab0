/** A longer record is `oversize`. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024;

/** How much of an oversize record its piece shows. */
export const HEAD_BYTES = 64 * 1024;

/**
 * A line up to this length is taken as one candidate; a longer one is scanned value by value, so that endless lines (an
 * array or concatenated objects without a newline) stream.
 */
export const LINE_BYTES = 64 * 1024;
