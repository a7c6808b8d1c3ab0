/** Parameters of an address, in their order. Everything is text here; the codecs give it meaning. */
export type SearchRecord = Readonly<Record<string, string>>;

/** Characters that need no escape in a query and read better without one. */
const PLAIN = /%(?:3A|2C|2F|40|24|21|2A|28|29|3B|2B)/gi;

/**
 * Reads `?a=1&b=x%20y`. A plus is a plus, a later parameter of the same name wins, a broken escape is taken as
 * it stands: an address that somebody mangled still opens.
 */
export function parseSearch(text: string): SearchRecord {
  const record = new Map<string, string>();
  const query = text.startsWith('?') ? text.slice(1) : text;
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at === -1 ? pair : pair.slice(0, at));
    if (name !== '' && name !== '__proto__')
      record.set(name, at === -1 ? '' : decode(pair.slice(at + 1)));
  }
  return Object.fromEntries(record);
}

/** Writes what `parseSearch` reads; nothing for no parameters. */
export function formatSearch(record: Readonly<Record<string, unknown>>): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(record)) {
    if (typeof value === 'string' && name !== '') pairs.push(`${encode(name)}=${encode(value)}`);
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(PLAIN, (found) =>
    decodeURIComponent(found),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
