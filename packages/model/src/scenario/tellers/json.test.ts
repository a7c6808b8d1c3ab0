import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Json, jsonText } from './json.ts';

test('writes what JSON.stringify writes, whatever the text', () => {
  const text = fc.string({ unit: 'binary', maxLength: 6 });
  const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
  const value = fc.oneof(
    leaf,
    fc.array(leaf),
    fc.dictionary(fc.stringMatching(/^[a-z.[\]]*$/), leaf),
  );
  fc.assert(fc.property(value, (one: Json) => jsonText(one) === JSON.stringify(one)));
});

test('keeps every digit of a whole number', () => {
  expect(jsonText({ 'evt.time': 1776776999903081979n })).toBe('{"evt.time":1776776999903081979}');
});

test('leaves out what is undefined, keeps null and the order', () => {
  expect(jsonText({ b: undefined, z: null, a: [1, 'x'] })).toBe('{"z":null,"a":[1,"x"]}');
});
