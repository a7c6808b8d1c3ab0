const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/**
 * `512 B`, `4.8 MiB`: binary units, one decimal from a kibibyte on, `decimals` from a mebibyte on. Takes the wire's decimal texts; one
 * that is no number is answered as it came, and null, which nobody counted, with a dash.
 */
export function byteWords(bytes: number | bigint | string | null, decimals: number): string {
  if (bytes === null) return '–';
  if (typeof bytes === 'string' && !/^\d+$/.test(bytes)) return bytes;
  let rest = Number(bytes);
  if (rest < 1024) return `${Math.round(rest)} B`;
  let unit = 0;
  while (rest >= 1023.95 && unit < units.length - 1) {
    rest /= 1024;
    unit += 1;
  }
  return `${rest.toFixed(unit > 1 ? decimals : 1)} ${units[unit] ?? ''}`;
}
