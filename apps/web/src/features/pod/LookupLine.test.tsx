// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { LookupLine } from './LookupLine.tsx';

afterEach(cleanup);

const lookup = {
  name: 'k3x9.example',
  names: ['k3x9.example'],
  nameCount: 1,
  count: 2,
  distinct: 0,
  decodedBytes: 0,
  failed: 0,
  failures: [] as { rcode: number; name: string; count: number }[],
  tries: 0,
  triesFailed: [] as { rcode: number; name: string; count: number }[],
  addresses: ['203.0.113.70'],
  addressCount: 1,
  resolver: '',
};
const nxdomain = (count: number) => ({ rcode: 3, name: 'NXDOMAIN', count });

function wordsOf(change: Partial<typeof lookup>): string {
  return render(<LookupLine one={{ ...lookup, ...change }} />).container.textContent;
}

describe('a lookup of a process', () => {
  it('says the address that was answered and what failed, and no count of nothing', () => {
    expect(wordsOf({ failures: [nxdomain(1)] })).toBe(
      'k3x9.example ×2 → 203.0.113.70; 1 × NXDOMAIN',
    );
  });

  it('tells tries with search suffixes apart from the answers of the name', () => {
    expect(wordsOf({ tries: 6, triesFailed: [nxdomain(6)] })).toBe(
      'k3x9.example ×2 → 203.0.113.70 · 6 tries with search suffixes: NXDOMAIN',
    );
    expect(wordsOf({ tries: 6, triesFailed: [nxdomain(4)] })).toMatch(/suffixes: 4 × NXDOMAIN$/);
    expect(wordsOf({ tries: 1 })).toMatch(/ · 1 try with search suffixes: no answer in this log$/);
  });

  it('says that a name was asked with search suffixes only', () => {
    expect(
      wordsOf({ count: 0, addresses: [], addressCount: 0, tries: 3, triesFailed: [nxdomain(3)] }),
    ).toBe('k3x9.example only 3 tries with search suffixes: NXDOMAIN');
  });

  it('says how many addresses are not listed', () => {
    expect(wordsOf({ addressCount: 3 })).toBe('k3x9.example ×2 → 203.0.113.70 and 2 more');
  });

  it('says that no address came where none did', () => {
    expect(wordsOf({ addresses: [], addressCount: 0 })).toBe(
      'k3x9.example ×2 → no address answered in this log',
    );
  });

  it('says that it is several names of one domain, which, and what they could carry', () => {
    const names = ['a.k3x9.example', 'b.k3x9.example'];
    expect(
      wordsOf({ names, nameCount: 12, distinct: 12, decodedBytes: 300, resolver: '10.0.0.9:53' }),
    ).toBe(
      '12 names below k3x9.example ×2 → 203.0.113.70 · could carry 300 B · at 10.0.0.9:53a.k3x9.example, b.k3x9.example and 10 more',
    );
    expect(wordsOf({ nameCount: 3, distinct: 2 })).toMatch(
      /^k3x9\.example and 2 names below it ×2/,
    );
  });
});
