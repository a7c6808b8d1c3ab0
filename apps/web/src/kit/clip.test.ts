import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseName, clipEnd, clipMiddle, clipStart } from './clip.ts';

describe('clipping', () => {
  it('keeps the start of a command, the end of a path, both ends of a name', () => {
    expect(clipEnd('curl -s http://example.net', 10)).toBe('curl -s h…');
    expect(clipStart('/usr/local/bin/node', 10)).toBe('…/bin/node');
    expect(clipMiddle('crawler-556db57cd7-tkvfd', 11)).toBe('crawl…tkvfd');
  });

  it('never gives more characters than asked for, and leaves what fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        for (const clip of [clipEnd, clipStart, clipMiddle]) {
          const clipped = clip(text, max);
          const fits = [...text].length <= max;
          expect([...clipped].length).toBeLessThanOrEqual(Math.max(max, 1));
          expect(clipped === text || !fits).toBe(true);
        }
      }),
    );
  });

  it('takes the last part of a path, and the whole when there is none', () => {
    expect(baseName('/usr/bin/nc')).toBe('nc');
    expect(baseName('nc')).toBe('nc');
    expect(baseName('/tmp/')).toBe('/tmp/');
  });
});
