/** A word of a line, and where the text goes on behind it. */
export interface Word {
  readonly text: string;
  readonly end: number;
}

const escapes = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['"', '"'],
]);

/** Digits behind the letter that begins a character by number. */
const digitsAfter = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/**
 * The word at a place: as Go quotes it when a complete quotation stands there with a space or the end behind, else up to the next
 * space. Older agents quote nothing, so a quotation mark alone says nothing.
 */
export function wordAt(line: string, at: number): Word {
  const quoted = quotedAt(line, at);
  if (quoted !== undefined && (quoted.end === line.length || line[quoted.end] === ' ')) {
    return quoted;
  }
  const space = line.indexOf(' ', at);
  const end = space < 0 ? line.length : space;
  return { text: line.slice(at, end), end };
}

/** The whole text, without the quotation marks of Go when it is one quotation from end to end. */
export function unquoted(text: string): string {
  const quoted = quotedAt(text, 0);
  return quoted?.end === text.length ? quoted.text : text;
}

/** What Go's strconv.Quote wrote at a place; undefined: no complete quotation. */
function quotedAt(line: string, at: number): Word | undefined {
  if (line[at] !== '"') return undefined;
  let text = '';
  for (let from = at + 1; from < line.length; ) {
    const sign = line[from] ?? '';
    if (sign === '"') return { text, end: from + 1 };
    if (sign !== '\\') {
      const to = nextMark(line, from);
      text += line.slice(from, to);
      from = to;
      continue;
    }
    const escaped = escapeAt(line, from + 1);
    if (escaped === undefined) return undefined;
    text += escaped.text;
    from = escaped.end;
  }
  return undefined;
}

const MARK = /["\\]/g;

function nextMark(line: string, from: number): number {
  MARK.lastIndex = from;
  return MARK.exec(line)?.index ?? line.length;
}

function escapeAt(line: string, at: number): Word | undefined {
  const letter = line[at] ?? '';
  const plain = escapes.get(letter);
  if (plain !== undefined) return { text: plain, end: at + 1 };
  const count = digitsAfter.get(letter);
  if (count === undefined) return undefined;
  const end = at + 1 + count;
  const hex = line.slice(at + 1, end);
  if (hex.length < count || !/^[0-9a-f]+$/i.test(hex)) return undefined;
  const code = Number.parseInt(hex, 16);
  return code > 0x10ffff ? undefined : { text: String.fromCodePoint(code), end };
}

/** The items of a list as Go prints one (`[a b]`, `[]`), at a place; undefined: none stands there. */
export function listAt(
  line: string,
  at: number,
): { readonly items: readonly string[]; readonly end: number } | undefined {
  if (line[at] !== '[') return undefined;
  const items: string[] = [];
  let from = at + 1;
  while (from < line.length) {
    const sign = line[from];
    if (sign === ']') return { items, end: from + 1 };
    if (sign === ' ') {
      from += 1;
      continue;
    }
    const quoted = quotedAt(line, from);
    if (quoted === undefined) {
      const to = endOfItem(line, from);
      items.push(line.slice(from, to));
      from = to;
    } else {
      items.push(quoted.text);
      from = quoted.end;
    }
  }
  return undefined;
}

const ITEM_END = /[ \]]/g;

function endOfItem(line: string, from: number): number {
  ITEM_END.lastIndex = from;
  return ITEM_END.exec(line)?.index ?? line.length;
}
