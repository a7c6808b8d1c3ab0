import { expect, it } from 'vitest';
import { podTextWords, podWords } from './podWords.ts';

it('a pod is named with its namespace, or by its name alone', () => {
  expect(podWords('shop', 'checkout-0')).toBe('shop/checkout-0');
  expect(podWords('', 'checkout-0')).toBe('checkout-0');
  expect(podTextWords('shop/checkout-0')).toBe('shop/checkout-0');
  expect(podTextWords('/checkout-0')).toBe('checkout-0');
  expect(podTextWords('')).toBe('');
});
