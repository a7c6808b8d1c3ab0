/** Processes that are alike, folded into one. */
export const groupSign = '▤';

/** Before the number of events of files. */
export const filesSign = '❐';

/** Before the number of destinations inside. */
export const insideSign = '⇄';
