import type { DnsDetail } from '../../event/event.ts';
import { oneLine } from '../read.ts';
import { nameOf } from './ends.ts';
import { listAt } from './goText.ts';

const rcodes = new Map(
  [
    'NOERROR',
    'FORMERR',
    'SERVFAIL',
    'NXDOMAIN',
    'NOTIMP',
    'REFUSED',
    'YXDOMAIN',
    'YXRRSET',
    'NXRRSET',
    'NOTAUTH',
    'NOTZONE',
  ].map((name, code): [string, number] => [name, code]),
);
const CODE = /^([A-Z]+|RCODE(\d{1,5})) /;
const MOST_LISTS = 4;

/**
 * `[name.] [AAAA]` is a question; `NXDOMAIN [name.] [] []` and `[name] => [192.0.2.1]` are answers, of which addresses and types
 * are told apart by their looks: which list is which is not known of every agent. Undefined: nothing of the kind.
 */
export function lookupOf(detail: string): DnsDetail | undefined {
  const code = CODE.exec(detail);
  const rcode = code === null ? 0 : (rcodes.get(code[1] ?? '') ?? codeOf(code[2]));
  if (rcode === undefined) return undefined;
  const lists = listsOf(detail.slice(code?.[0].length ?? 0));
  const [names, ...rest] = lists;
  if (names === undefined) return undefined;
  const items = rest.flat();
  const ips = items.filter(isAddress).map((ip) => ip.toLowerCase());
  return {
    response: code !== null || ips.length > 0,
    rcode,
    names: names.map(nameOf),
    ips,
    types: items.filter((item) => !isAddress(item)).map(oneLine),
    resolverIp: '',
    resolverPort: 0,
  };
}

function codeOf(digits: string | undefined): number | undefined {
  const code = digits === undefined ? undefined : Number(digits);
  return code !== undefined && code <= 65_535 ? code : undefined;
}

function listsOf(text: string): readonly (readonly string[])[] {
  const lists: (readonly string[])[] = [];
  for (let at = 0; lists.length < MOST_LISTS; ) {
    const list = listAt(text, at);
    if (list === undefined) break;
    lists.push(list.items);
    at = text.startsWith(' => ', list.end) ? list.end + 4 : list.end + 1;
  }
  return lists;
}

function isAddress(item: string): boolean {
  return /^[0-9a-f.:]{2,45}$/i.test(item) && /[.:]/.test(item);
}
