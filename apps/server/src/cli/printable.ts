const named = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * Everything a terminal might obey or that hides or turns text: control characters, DEL, C1, line separators,
 * bidirectional controls, invisible ones, tags, and halves of surrogate pairs. Emoji keep their joiners.
 */
const obeyed =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/**
 * Text of a log as a terminal may see it: what it would obey is spelled out (`\x1b`, `\u202e`), the rest stays.
 * Every data string that is printed goes through here (CVE-2021-25743 is what happens otherwise).
 */
export function printable(text: string): string {
  return text.replace(obeyed, spelled);
}

/** JSON text for a terminal or a file: the same value, with what `printable` spells out as JSON escapes. */
export function printableJson(json: string): string {
  return json.replace(obeyed, (character) =>
    character === '\n' ? character : Array.from(unitsOf(character), jsonEscape).join(''),
  );
}

/** Original bytes for a terminal: newlines and tabs as they are, all else that it would obey spelled out. */
export function printableBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  return text.replace(obeyed, (character) =>
    character === '\n' || character === '\t' ? character : spelled(character),
  );
}

function spelled(character: string): string {
  const name = named.get(character);
  if (name !== undefined) return name;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\u{${hex(code, 5)}}`;
}

function jsonEscape(unit: number): string {
  return `\\u${hex(unit, 4)}`;
}

function* unitsOf(text: string): Generator<number> {
  for (let i = 0; i < text.length; i += 1) yield text.charCodeAt(i);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
