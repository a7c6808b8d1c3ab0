/** What a log line holds. `bigint` becomes a number with all its digits; members that are undefined are left out. */
export type Json =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly Json[]
  | { readonly [key: string]: Json };

/** JSON text without blanks, members in the order given. */
export function jsonText(value: Json): string {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (isList(value)) return `[${value.map(jsonText).join(',')}]`;
  const members: string[] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${jsonText(member)}`);
  }
  return `{${members.join(',')}}`;
}

/** The same members by alphabet, as agents write them whose library keeps maps sorted. */
export function sorted(members: { readonly [key: string]: Json }): {
  readonly [key: string]: Json;
} {
  return Object.fromEntries(Object.entries(members).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
