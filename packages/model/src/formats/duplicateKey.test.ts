import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDuplicateKey } from './duplicateKey.ts';

const encoder = new TextEncoder();

function found(text: string): number {
  return findDuplicateKey(encoder.encode(text));
}

describe('findDuplicateKey', () => {
  it('finds the second of two keys of one object, however deep, and says where', () => {
    expect(found('{"a":1,"b":2,"a":3}')).toBe(13);
    expect(found('{"p":{"exec_id":"A","pid":1,"exec_id":"B"},"t":1}')).toBe(28);
    expect(found('[{"a":[{"b":1, "b" : 2}]}]')).toBe(15);
    expect(found('{"a":{"x":1},"b":[],"a":{"x":1}}')).toBe(20);
  });

  it('lets the same key stand in different objects, and in strings', () => {
    for (const text of [
      '{}',
      '[]',
      '"a"',
      '{"a":{"a":{"a":1}},"b":{"a":1}}',
      '[{"a":1},{"a":1}]',
      '{"a":"\\"a\\":1,\\"a\\":2"}',
      '{"a":["a","a"],"b":"a","c":"\\\\"}',
      '{"a":1,"A":2,"":3,"aa":4}',
    ]) {
      expect(found(text), text).toBe(-1);
    }
  });

  it('reads keys as the parser does', () => {
    expect(found('{"a":1,"\\u0061":2}')).toBeGreaterThan(0);
    expect(found('{"\\u0061":1,"b":0,"a":2}')).toBeGreaterThan(0);
    expect(found('{"\\n":1,"n":2}')).toBe(-1);
    expect(found('{"é":1,"\\u00e9":2}')).toBeGreaterThan(0);
    const broken = new Uint8Array([123, 34, 255, 34, 58, 49, 44, 34, 254, 34, 58, 50, 125]);
    expect(findDuplicateKey(broken)).toBe(7);
  });

  it('looks only at the range that is asked for', () => {
    const bytes = encoder.encode('{"a":1,"a":2} {"b":1}');
    expect(findDuplicateKey(bytes, 14)).toBe(-1);
    expect(findDuplicateKey(bytes, 0, 13)).toBe(7);
  });

  it('agrees with an object written key by key', () => {
    const { tree } = fc.letrec<{ tree: Written }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc
          .jsonValue({ maxDepth: 0 })
          .map((value) => ({ text: JSON.stringify(value), twice: false })),
        fc
          .array(
            fc.tuple(
              fc.oneof(fc.constantFrom('a', 'b', 'é', '"', '\\'), fc.string()),
              fc.nat(2),
              tie('tree'),
            ),
            {
              maxLength: 40,
            },
          )
          .map(objectOf),
        fc.array(tie('tree'), { maxLength: 3 }).map((items) => ({
          text: `[${items.map(({ text }) => text).join(' , ')}]`,
          twice: items.some(({ twice }) => twice),
        })),
      ),
    }));
    let both = 0;
    fc.assert(
      fc.property(tree, ({ text, twice }) => {
        expect(found(text) >= 0).toBe(twice);
        if (twice) both += 1;
      }),
      { numRuns: 500 },
    );
    expect(both).toBeGreaterThan(20);
  });

  it('takes an object of a hundred thousand keys and a nesting of as many without trouble', () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `"k${index}":0`);
    expect(found(`{${keys.join(',')}}`)).toBe(-1);
    expect(found(`{${keys.join(',')},"k7":1}`)).toBeGreaterThan(0);
    expect(found(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)).toBe(-1);
  });

  it('ends on bytes that are no JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(findDuplicateKey(bytes)).toBeGreaterThanOrEqual(-1);
      }),
    );
  });
});

/** A JSON text, and whether an object in it has a key twice. */
interface Written {
  readonly text: string;
  readonly twice: boolean;
}

/** Keys are written plainly, with spaces around, or all in escapes. */
function objectOf(members: readonly (readonly [string, number, Written])[]): Written {
  const parts = members.map(([key, way, { text }]) => {
    const escaped = Array.from(
      { length: key.length },
      (_, at) => `\\u${key.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join('');
    const written = [JSON.stringify(key), ` ${JSON.stringify(key)} `, `"${escaped}"`][way] ?? '';
    return `${written}:${text}`;
  });
  const isTwice = new Set(members.map(([key]) => key)).size < members.length;
  return {
    text: `{${parts.join(',')}}`,
    twice: isTwice || members.some(([, , value]) => value.twice),
  };
}
