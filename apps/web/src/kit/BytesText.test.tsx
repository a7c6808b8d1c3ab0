// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { BytesText, bytesWidth } from './BytesText.tsx';
import { formatTraffic } from './format.ts';

afterEach(cleanup);

/** Of a digit in the tables' font of 13 px, unit and space included: measured. */
const CHARACTER_PX = 7.6;

describe('a counter of bytes', () => {
  it('has room for its unit in a column, however large it is', () => {
    const longest = [1023, 1024 ** 2 * 1023.9, 1024 ** 3 * 1023.9, 1024 ** 4 * 999].map((bytes) =>
      formatTraffic(String(Math.round(bytes))),
    );
    for (const text of longest)
      expect(text.length * CHARACTER_PX, text).toBeLessThanOrEqual(Number.parseInt(bytesWidth, 10));
  });

  it('tells the exact figure on hover', () => {
    render(<BytesText bytes="27022131" />);
    expect(screen.getByText('25.770 MiB').title).toMatch(/^27.022.131 bytes$/);
  });
});
