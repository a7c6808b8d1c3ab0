/**
 * Parses JSON so that whole numbers beyond 2^53 keep every digit, as bigints: for the records whose decoder asks. Such numbers
 * are put into quotes behind a mark that the text has nowhere, and taken out of them after `JSON.parse`; about twice as slow as that alone.
 *
 * Returns undefined when the text is no JSON.
 */
export function parseLossless(text: string): unknown {
  const mark = marks.find((each) => !text.includes(each));
  try {
    // A text that has all marks is made up: it loses digits, as it would without us.
    if (mark === undefined) return JSON.parse(text);
    const quoted = quoteLong(text, mark);
    return quoted === text ? JSON.parse(text) : withBigints(JSON.parse(quoted), mark);
  } catch {
    return undefined;
  }
}

/** Characters for private use: no agent writes them. */
const marks = ['\uE0F7', '\uE0F8', '\uE0F9', '\uE0FA'];
/** Fewer digits are always exact. */
const SHORTEST = 16;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const WHOLE = /^-?\d{16,40}$/;
const BACKSLASH = 92;

/** The text with its long numbers in quotes, behind the mark; from string to string, for between them is little. */
function quoteLong(text: string, mark: string): string {
  const parts: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    if (end - at >= SHORTEST) {
      const between = text.slice(at, end);
      const quoted = between.replaceAll(NUMBER, (number) =>
        isLong(number) ? `"${mark}${number}"` : number,
      );
      if (quoted !== between) {
        parts.push(text.slice(copied, at), quoted);
        copied = end;
      }
    }
    if (quote < 0) break;
    at = endOfString(text, quote);
  }
  return copied === 0 ? text : `${parts.join('')}${text.slice(copied)}`;
}

function isLong(number: string): boolean {
  return WHOLE.test(number) && !Number.isSafeInteger(Number(number));
}

/** Behind the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

type Container = unknown[] | Record<string, unknown>;

/** Turns marked texts into the numbers they are; iterative, so that depth costs nothing. */
function withBigints(value: unknown, mark: string): unknown {
  const root = [value];
  const open: Container[] = [root];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (Array.isArray(at)) {
      for (let index = 0; index < at.length; index += 1) {
        const item: unknown = at[index];
        if (typeof item === 'string' && item.startsWith(mark)) at[index] = BigInt(item.slice(1));
        else if (isContainer(item)) open.push(item);
      }
      continue;
    }
    for (const key of Object.keys(at)) {
      const item = at[key];
      if (typeof item === 'string' && item.startsWith(mark)) at[key] = BigInt(item.slice(1));
      else if (isContainer(item)) open.push(item);
    }
  }
  return root[0];
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}
