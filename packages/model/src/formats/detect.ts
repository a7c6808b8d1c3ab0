import type { Format } from './format.ts';

/** Exactly one format, or a typed no. */
export type Detected =
  | { readonly kind: 'format'; readonly format: Format }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] };

/** Asks every format about one parsed record. Order cannot matter: two that say yes are an answer of their own. */
export function detectFormat(value: unknown, formats: readonly Format[]): Detected {
  const claims = formats.filter((format) => format.sniff(value));
  const [format] = claims;
  if (format === undefined) return { kind: 'unknown' };
  if (claims.length === 1) return { kind: 'format', format };
  return { kind: 'ambiguous', ids: claims.map((claim) => claim.id) };
}
