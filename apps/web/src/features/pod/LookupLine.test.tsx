// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { LookupLine } from './LookupLine.tsx';

afterEach(cleanup);

const lookup = {
  name: 'k3x9.example',
  count: 8,
  distinct: 0,
  decodedBytes: 0,
  failed: 6,
  failures: [{ rcode: 3, name: 'NXDOMAIN', count: 6 }],
  addresses: ['203.0.113.70'],
  addressCount: 1,
  resolver: '',
};

function wordsOf(change: Partial<typeof lookup>): string {
  return render(<LookupLine one={{ ...lookup, ...change }} />).container.textContent;
}

describe('a lookup of a process', () => {
  it('says the address that was answered and what failed, and no count of nothing', () => {
    expect(wordsOf({})).toBe('k3x9.example ×8 → 203.0.113.70; 6 × NXDOMAIN');
  });

  it('says how many addresses are not listed', () => {
    expect(wordsOf({ addressCount: 3, failures: [] })).toBe(
      'k3x9.example ×8 → 203.0.113.70 and 2 more',
    );
  });

  it('says that no address came where none did', () => {
    expect(wordsOf({ addresses: [], addressCount: 0, failures: [] })).toBe(
      'k3x9.example ×8 → no address answered in this log',
    );
  });

  it('says how many names below it were asked, and what they could carry', () => {
    expect(wordsOf({ distinct: 12, decodedBytes: 300, resolver: '10.0.0.9:53' })).toMatch(
      /· 12 names below it that could carry 300 B · at 10\.0\.0\.9:53$/,
    );
  });
});
