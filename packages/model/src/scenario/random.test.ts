import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeExecId, kernelExecId } from './execId.ts';
import { createRandom } from './random.ts';
import { randomDomain } from './randomDomain.ts';

test('a seed decides every number that follows, and another seed gives others', () => {
  const draw = (seed: number) => {
    const random = createRandom(seed);
    return Array.from({ length: 50 }, () => random.int(1_000_000));
  };
  expect(draw(42)).toEqual(draw(42));
  expect(draw(42)).not.toEqual(draw(43));
});

test('numbers stay in the range asked for and reach both ends', () => {
  const random = createRandom(1);
  const drawn = new Set(Array.from({ length: 2_000 }, () => random.between(3, 7)));
  expect(drawn).toEqual(new Set([3, 4, 5, 6, 7]));
  expect(random.hex(7)).toMatch(/^[0-9a-f]{7}$/);
});

test('an exec_id is the standard base64 of node, ktime and PID', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z0-9.:-]{0,40}$/),
      fc.bigInt({ min: 0n, max: 2n ** 63n }),
      fc.nat(4_194_304),
      (node, ktime, pid) => {
        const expected = Buffer.from(`${node}:${ktime}:${pid}`).toString('base64');
        expect(encodeExecId(node, ktime, pid)).toBe(expected);
      },
    ),
  );
  expect(Buffer.from(kernelExecId('n'), 'base64').toString()).toBe('n:1:0');
});

test('an invented domain switches between letters and digits and is reserved', () => {
  for (let seed = 0; seed < 100; seed += 1) {
    const domain = randomDomain(createRandom(seed));
    expect(domain).toMatch(/^(?:[a-z]{2}\d{1,2}){4}\.example$/);
    expect(domain.length).toBe(22);
  }
});
