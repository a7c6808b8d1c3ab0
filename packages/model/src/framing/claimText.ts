/**
 * Tells the text of a line that is no value and that somebody reads all the same, as a record of plain text; undefined: it is noise.
 * The line is whole, without its newline. The answer depends on the line alone.
 */
export type ClaimText = (line: Uint8Array) => string | undefined;
