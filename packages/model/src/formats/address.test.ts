import { describe, expect, it } from 'vitest';
import { addressOf, isAddress } from './address.ts';

describe('isAddress', () => {
  it('knows both families, with a zone or an IPv4 tail', () => {
    const addresses = ['10.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1%eth0', '2001:DB8::7'];
    for (const text of [...addresses, '::ffff:192.0.2.1', '1:2:3:4:5:6:7:8', '64:ff9b::']) {
      expect(isAddress(text), text).toBe(true);
    }
  });

  it('takes nothing else for one', () => {
    const others = ['', '10.0.0', '10.0.0.256', '10.0.0.1:80', '10.0.0.0/8', 'cafe', 'a::b::c'];
    const v6 = ['1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::8:9', 'fe80::1%', '::g', ':'];
    const long = `${'1:'.repeat(50)}1`;
    for (const text of [...others, ...v6, '192.0.2.1::', 'example.com', long, 'TXT 4 ::1']) {
      expect(isAddress(text), text).toBe(false);
    }
  });
});

describe('addressOf', () => {
  it('is lower case on one line, and empty for what is no text', () => {
    expect(addressOf('2001:DB8::A')).toBe('2001:db8::a');
    expect(addressOf('a\nb')).toBe('a␊b');
    expect(addressOf(7)).toBe('');
  });
});
