import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareAddresses,
  createAddressBook,
  isInRange,
  readAddress,
  readRange,
} from './address.ts';

describe('readAddress', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1', 4],
    ['255.255.255.255', '255.255.255.255', 4],
    ['::ffff:10.1.2.3', '10.1.2.3', 4],
    ['::FFFF:0a01:0203', '10.1.2.3', 4],
    ['0:0:0:0:0:ffff:a01:203', '10.1.2.3', 4],
    ['::', '::', 6],
    ['::1', '::1', 6],
    ['0:0:0:0:0:0:0:1', '::1', 6],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1', 6],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1', 6],
    ['fe80::1%eth0', 'fe80::1%eth0', 6],
    ['64:ff9b::1.2.3.4', '64:ff9b::102:304', 6],
  ])('%s is %s', (text, canonical, family) => {
    const address = readAddress(text);
    expect([address.text, address.family]).toEqual([canonical, family]);
  });

  it.each([
    '',
    ':',
    ':::',
    '::1:54321', // an address with its port behind, as agents print it
    '10.0.0.1:80',
    '[::1]',
    '010.0.0.1',
    '256.1.1.1',
    '1.2.3',
    '1.2.3.4.5',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8:9',
    '12345::',
    '%eth0',
    'fe80::1%',
    'fe80::1%a b',
    '::ffff:1.2.3.4.5',
    '1.2.3.4::',
    '/run/app.sock',
    '\u0661\u0660.0.0.1',
  ])('keeps %j opaque', (text) => {
    expect(readAddress(text).family).toBe(0);
    expect(readAddress(text).text).toBe(text.toLowerCase());
  });

  it('keeps text of any length opaque', () => {
    expect(readAddress('1:'.repeat(50_000)).family).toBe(0);
  });

  it('reads what it printed as the same address', () => {
    const groups = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, (value) => {
        const sparse = value.map((group, at) => (((value[0] ?? 0) >> at) % 2 === 0 ? 0 : group));
        const long = sparse.map((group) => group.toString(16)).join(':');
        const short = readAddress(long).text;
        expect(readAddress(short)).toEqual(readAddress(long));
      }),
    );
  });

  it('never throws and never changes its mind', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readAddress(readAddress(text).text).text).toBe(readAddress(text).text);
      }),
    );
  });
});

describe('ranges', () => {
  const within = (address: string, block: string): boolean => {
    const range = readRange(block);
    return range !== undefined && isInRange(readAddress(address), range);
  };

  it('holds the first and the last address and not their neighbours', () => {
    expect(within('172.16.0.0', '172.16.0.0/12')).toBe(true);
    expect(within('172.31.255.255', '172.16.0.0/12')).toBe(true);
    expect(within('172.32.0.0', '172.16.0.0/12')).toBe(false);
    expect(within('172.15.255.255', '172.16.0.0/12')).toBe(false);
    expect(within('fdff::1', 'fc00::/7')).toBe(true);
    expect(within('fe00::1', 'fc00::/7')).toBe(false);
    expect(within('1.2.3.4', '0.0.0.0/0')).toBe(true);
    expect(within('::ffff:10.0.0.1', '10.0.0.0/8')).toBe(true);
    expect(within('fe80::1%eth0', 'fe80::/10')).toBe(true);
    expect(within('not an address', '0.0.0.0/0')).toBe(false);
  });

  it('refuses what is no range', () => {
    for (const text of ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/-1', 'x/8', '10.0.0.0/1.5']) {
      expect(readRange(text)).toBeUndefined();
    }
  });
});

describe('compareAddresses', () => {
  it('orders by value, IPv4 first, opaque text last', () => {
    const texts = ['zz', '::1', '10.0.0.10', 'aa', '10.0.0.9', 'fe80::1%b', 'fe80::1%a'];
    const sorted = texts.map(readAddress).sort(compareAddresses);
    expect(sorted.map((address) => address.text)).toEqual([
      '10.0.0.9',
      '10.0.0.10',
      '::1',
      'fe80::1%a',
      'fe80::1%b',
      'aa',
      'zz',
    ]);
  });
});

describe('createAddressBook', () => {
  it('gives one id to all texts of one address', () => {
    const book = createAddressBook();
    const id = book.idOf('::ffff:10.0.0.1');
    expect(book.idOf('10.0.0.1')).toBe(id);
    expect(book.idOf('::FFFF:a00:1')).toBe(id);
    expect(book.idOf('10.0.0.2')).not.toBe(id);
    expect(book.at(id).text).toBe('10.0.0.1');
  });
});
