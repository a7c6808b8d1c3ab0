import { exactBytes, formatTraffic } from './format.ts';

/** A counter of bytes with its exact value on hover; null: nobody counted. */
export function BytesText({ bytes }: { readonly bytes: string | null }) {
  return <span title={exactBytes(bytes)}>{formatTraffic(bytes)}</span>;
}
