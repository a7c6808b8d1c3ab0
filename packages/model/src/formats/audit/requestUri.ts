/** As much as an API server takes in one line of a request. */
const LONGEST = 1 << 20;

/** The path of a request's URI: without the query, which may hold what nobody should read. */
export function pathOf(uri: string): string {
  const end = uri.search(/[?#]/);
  return end < 0 ? uri : uri.slice(0, end);
}

/**
 * Every value that a query gives a key, in order, decoded as forms are (`+` is a space); what is badly encoded stays as it is.
 * Of a URI that no server takes: none.
 */
export function queryValues(uri: string, key: string): readonly string[] {
  const start = uri.indexOf('?');
  if (start < 0 || uri.length > LONGEST) return [];
  // A key may be encoded, too.
  if (!uri.includes(key) && !uri.includes('%')) return [];
  const values: string[] = [];
  for (const pair of uri.slice(start + 1).split('&')) {
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    if (decodePart(name) !== key) continue;
    values.push(equals < 0 ? '' : decodePart(pair.slice(equals + 1)));
  }
  return values;
}

function decodePart(part: string): string {
  const spaced = part.includes('+') ? part.replaceAll('+', ' ') : part;
  return spaced.includes('%') ? spaced.replaceAll(/(?:%[0-9a-f]{2})+/gi, decodeRun) : spaced;
}

function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
}
