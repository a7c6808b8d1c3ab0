const words: ReadonlyMap<string, string> = new Map([
  ['unknown_format', 'JSON, but of no log that this version reads'],
  ['ambiguous_format', 'JSON that several kinds of logs claim'],
  ['no_event', 'a record of the agent without an event in it'],
  ['bad_event', 'an event whose content is not an object'],
  ['bad_field', 'a record of the agent that lacks what an event needs'],
  ['imprecise_number', 'a number that is too big to be read exactly'],
  ['duplicate_key', 'a key stands twice in one object: readers would differ in what it says'],
  ['bad_json', 'it looks like JSON and is not valid'],
  ['unterminated', 'it begins and does not end: it was cut off'],
  ['fragment', 'it ends and does not begin: the rest of a line that was cut'],
  ['too_long', 'longer than a record may be (16 MiB)'],
  ['too_deep', 'more envelopes in one another than are opened'],
  ['too_many', 'more records in one envelope than are read'],
  ['empty_envelope', 'an envelope with nothing in it'],
  ['comment', 'a comment'],
  ['prompt', 'a shell prompt'],
  ['startup', 'a log line of the agent about itself'],
  ['padding', 'NUL bytes'],
  ['binary', 'bytes that are no text'],
  ['text', 'a line of text, not JSON'],
]);

/** Why a record was not understood or not taken, in words; a code that we do not know is said as it came. */
export function rejectionWords(code: string): string {
  return words.get(code) ?? code.replaceAll('_', ' ');
}
