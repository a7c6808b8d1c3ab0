import { MAX_RECORD_BYTES } from '@forebear/model/framing/limits';
import { parseJson } from '@forebear/model/framing/text';

const OPEN_BRACE = 123;

/**
 * Whether the end of one file and the first line of the next are two halves of one record: together from its first
 * brace on one JSON value and nothing behind it, while neither half is one. So a record that lost its rest keeps what it
 * has, and a whole record that follows it stays one.
 *
 * @param tail what follows the last newline of the earlier file
 * @param head the later file up to and with its first newline
 */
export function isCutInTwo(tail: Uint8Array, head: Uint8Array): boolean {
  // What stands before the brace is a wrapper: a time and a stream of CRI, a tag of Fluentd.
  const from = tail.indexOf(OPEN_BRACE);
  if (from < 0 || head.length === 0 || tail.length + head.length > MAX_RECORD_BYTES) return false;
  const begun = tail.subarray(from);
  return !isJson(begun) && !isJson(head) && isJson(Buffer.concat([begun, head]));
}

function isJson(bytes: Uint8Array): boolean {
  return parseJson(bytes) !== undefined;
}
