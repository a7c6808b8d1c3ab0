import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathOf, queryValues } from './requestUri.ts';

describe('queryValues', () => {
  it('gives every value of a key, in order', () => {
    const uri =
      '/api/v1/namespaces/a/pods/b/exec?command=sh&stdin=true&command=-c&command=ls+-l%20%2f';
    expect(queryValues(uri, 'command')).toEqual(['sh', '-c', 'ls -l /']);
    expect(queryValues(uri, 'container')).toEqual([]);
    expect(queryValues('/healthz', 'command')).toEqual([]);
    expect(queryValues('/?%63ommand=hidden', 'command')).toEqual(['hidden']);
  });

  it('keeps what is badly encoded as it stands', () => {
    expect(queryValues('/?a=%FF%41&a=%zz&a=100%&a', 'a')).toEqual(['%FF%41', '%zz', '100%', '']);
  });

  it('reads no URI that is longer than any server takes', () => {
    expect(queryValues(`/?a=b&c=${'x'.repeat(1 << 20)}`, 'a')).toEqual([]);
  });

  it('says of a query what URLSearchParams says', () => {
    const pairs = fc.array(
      fc.tuple(fc.constantFrom('command', 'x'), fc.string({ unit: 'grapheme' })),
    );
    fc.assert(
      fc.property(pairs, (given) => {
        const query = new URLSearchParams(given);
        expect(queryValues(`/p?${query.toString()}`, 'command')).toEqual(query.getAll('command'));
      }),
    );
  });
});

it('pathOf leaves the query away', () => {
  expect(pathOf('/healthz?token=x#y')).toBe('/healthz');
  expect(pathOf('/a#b?c')).toBe('/a');
  expect(pathOf('/a')).toBe('/a');
});
