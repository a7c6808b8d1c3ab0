import { exactBytes, formatTraffic } from './format.ts';

/** A column's width in which the longest, `1023.949 MiB`, keeps its unit. */
export const bytesWidth = '92px';

/** A counter of bytes with its exact value on hover; null: nobody counted. */
export function BytesText({ bytes }: { readonly bytes: string | null }) {
  return <span title={exactBytes(bytes)}>{formatTraffic(bytes)}</span>;
}
