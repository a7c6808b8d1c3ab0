import { compareText } from '../order.ts';

/**
 * Network addresses as text, canonical: IPv4 dotted, IPv6 after RFC 5952, IPv4-mapped forms as IPv4. Agents print
 * IPv6 without brackets and with a port behind (`::1:54321`); what is not exactly one address stays opaque: it is
 * compared as text and lies in no range.
 */
export interface Address {
  /** Canonical; for opaque text the text itself, lower case. The zone, when there is one, stays behind `%`. */
  readonly text: string;
  /** 0: opaque. */
  readonly family: 0 | 4 | 6;
  /** 16-bit groups, high first: two for IPv4, eight for IPv6, none for opaque text. */
  readonly groups: readonly number[];
  readonly zone: string;
}

/** A block of addresses in the notation `10.0.0.0/8`. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly groups: readonly number[];
  readonly bits: number;
}

/** Reads an address from text. Never fails: what is no address is opaque. */
export function readAddress(text: string): Address {
  const lower = text.toLowerCase();
  const v4 = readV4(lower);
  if (v4 !== undefined) return { text: printV4(v4), family: 4, groups: v4, zone: '' };
  const percent = lower.indexOf('%');
  const zone = percent < 0 ? '' : lower.slice(percent + 1);
  const v6 = percent === 0 ? undefined : readV6(percent < 0 ? lower : lower.slice(0, percent));
  if (v6 === undefined || (percent > 0 && !/^[\w.-]{1,64}$/.test(zone))) {
    return { text: lower, family: 0, groups: [], zone: '' };
  }
  const mapped = mappedV4(v6);
  if (mapped !== undefined) return { text: printV4(mapped), family: 4, groups: mapped, zone: '' };
  return { text: printV6(v6) + (zone === '' ? '' : `%${zone}`), family: 6, groups: v6, zone };
}

/** Reads `address/bits`. Undefined when either part is wrong. */
export function readRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/');
  const { family, groups, zone } = readAddress(text.slice(0, slash));
  const bits = Number(text.slice(slash + 1));
  if (slash < 0 || family === 0 || zone !== '') return undefined;
  if (!Number.isInteger(bits) || bits < 0 || bits > groups.length * 16) return undefined;
  return { family, groups, bits };
}

/** Whether the address lies in the block. Opaque text lies in none. */
export function isInRange(address: Address, range: AddressRange): boolean {
  if (address.family !== range.family) return false;
  let left = range.bits;
  for (let at = 0; left > 0; at += 1, left -= 16) {
    const shift = left >= 16 ? 0 : 16 - left;
    if ((address.groups[at] ?? 0) >> shift !== (range.groups[at] ?? 0) >> shift) return false;
  }
  return true;
}

/** `127.0.0.0/8` and `::1`. */
export function isLoopback({ family, groups: [first = 0], text }: Address): boolean {
  return family === 4 ? first >> 8 === 127 : text === '::1' || text.startsWith('::1%');
}

/** `0.0.0.0` and `::`: any address for a listener, the own machine for a connect. */
export function isUnspecified(address: Address): boolean {
  return address.text === '0.0.0.0' || address.text === '::';
}

/** Total order: IPv4, then IPv6, then opaque text; by value, then by text. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.family !== b.family) return familyOrder(a) - familyOrder(b);
  for (let at = 0; at < a.groups.length; at += 1) {
    const difference = (a.groups[at] ?? 0) - (b.groups[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return compareText(a.text, b.text);
}

/** Addresses by their text, each read once. Ids count from 0; texts that mean one address share an id. */
export interface AddressBook {
  readonly idOf: (text: string) => number;
  readonly at: (id: number) => Address;
}

/** An empty book. Its size is bounded by the distinct texts of the facts it is used for. */
export function createAddressBook(): AddressBook {
  const idByText = new Map<string, number>();
  const addresses: Address[] = [];
  const nothing = readAddress('');
  return {
    idOf: (text) => {
      const known = idByText.get(text);
      if (known !== undefined) return known;
      const address = readAddress(text);
      const same = idByText.get(address.text);
      const id = same ?? addresses.length;
      if (same === undefined) addresses.push(address);
      idByText.set(address.text, id);
      idByText.set(text, id);
      return id;
    },
    at: (id) => addresses[id] ?? nothing,
  };
}

function familyOrder({ family }: Address): number {
  return family === 0 ? 9 : family;
}

/** Four decimal parts without leading zeros (`010.0.0.1` means different things to different readers). */
function readV4(text: string): [number, number] | undefined {
  if (text.length < 7 || text.length > 15) return undefined;
  let value = 0;
  let parts = 0;
  let digits = 0;
  let part = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const unit = at === text.length ? 46 : text.charCodeAt(at);
    if (unit === 46) {
      if (digits === 0 || part > 255) return undefined;
      value = value * 256 + part;
      parts += 1;
      digits = 0;
      part = 0;
    } else if (unit >= 48 && unit <= 57) {
      if (digits > 0 && part === 0) return undefined;
      part = part * 10 + unit - 48;
      digits += 1;
      if (digits > 3) return undefined;
    } else return undefined;
  }
  return parts === 4 ? [Math.floor(value / 65_536), value % 65_536] : undefined;
}

function readV6(text: string): number[] | undefined {
  if (text.length < 2 || text.length > 45) return undefined;
  const gap = text.indexOf('::');
  if (gap !== text.lastIndexOf('::')) return undefined;
  if (gap < 0) {
    const all = readGroups(text, true);
    return all?.length === 8 ? all : undefined;
  }
  const head = readGroups(text.slice(0, gap), false);
  const tail = readGroups(text.slice(gap + 2), true);
  if (head === undefined || tail === undefined || head.length + tail.length > 7) return undefined;
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** `atEnd`: these are the last groups, so the very last may be written as IPv4. */
function readGroups(text: string, atEnd: boolean): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    const last = atEnd && index === parts.length - 1;
    const v4 = last && part.includes('.') ? readV4(part) : undefined;
    if (v4 !== undefined) groups.push(...v4);
    else if (/^[0-9a-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function mappedV4(groups: readonly number[]): [number, number] | undefined {
  const [a, b, c, d, e, f, high = 0, low = 0] = groups;
  const isMapped = a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff;
  return isMapped ? [high, low] : undefined;
}

function printV4([high, low]: readonly [number, number]): string {
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** RFC 5952: lower case, no leading zeros, the first longest run of two and more zero groups as `::`. */
function printV6(groups: readonly number[]): string {
  let best = 0;
  let bestLength = 1;
  for (let at = 0; at < 8; at += 1) {
    let length = 0;
    while (groups[at + length] === 0) length += 1;
    if (length > bestLength) [best, bestLength] = [at, length];
  }
  const hex = groups.map((group) => group.toString(16));
  if (bestLength < 2) return hex.join(':');
  return `${hex.slice(0, best).join(':')}::${hex.slice(best + bestLength).join(':')}`;
}
