import type { Format } from './format.ts';

/** Exactly one format, or a typed no. */
export type Detected =
  | { readonly kind: 'format'; readonly format: Format }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] };

/** Asks every format about one parsed record. Order cannot matter: two that say yes are an answer of their own. */
export function detectFormat(value: unknown, formats: readonly Format[]): Detected {
  return only(formats, (format) => format.sniff(value));
}

/** The same of a line of plain text. A format without text claims none. */
export function detectText(line: string, formats: readonly Format[]): Detected {
  return only(formats, ({ sniffText }) => sniffText?.(line) === true);
}

/**
 * The formats that a record which none claims looks like: most of what people know their records by stands at its top. For people only:
 * it decides nothing.
 */
export function formatsLike(value: unknown, formats: readonly Format[]): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return formats
    .filter(({ marks = [] }) => {
      const met = marks.filter((mark) => Object.hasOwn(value, mark)).length;
      return met > 0 && met * 2 >= marks.length;
    })
    .map(({ id }) => id);
}

const unknown: Detected = { kind: 'unknown' };

function only(formats: readonly Format[], claims: (format: Format) => boolean): Detected {
  let found: Format | undefined;
  for (const format of formats) {
    if (!claims(format)) continue;
    if (found !== undefined) return { kind: 'ambiguous', ids: idsOf(formats.filter(claims)) };
    found = format;
  }
  return found === undefined ? unknown : { kind: 'format', format: found };
}

function idsOf(formats: readonly Format[]): readonly string[] {
  return formats.map(({ id }) => id);
}
