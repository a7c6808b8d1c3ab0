import { describe, expect, it } from 'vitest';
import { progressText } from './progress.ts';
import { obeyedBytes } from './testing/hostileTexts.ts';
import { textWidth } from './textWidth.ts';

const moved = {
  name: 'fgs.log',
  sentBytes: 30_000_000,
  sizeBytes: 60_000_000,
  events: 20_114,
  elapsedMs: 2_000,
};

describe('the line of an upload', () => {
  it('tells share, bytes, rate and events', () => {
    expect(progressText(moved, 120)).toBe(
      'fgs.log  ━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌   50 %  28.6 MiB of 57.2 MiB  14.3 MiB/s  20,114 events',
    );
  });

  it('tells no share of a pipe', () => {
    expect(progressText({ ...moved, sizeBytes: undefined, events: 0 }, 120)).toBe(
      'fgs.log  28.6 MiB  14.3 MiB/s',
    );
  });

  it('stays on one line of the terminal, whatever the file is called', () => {
    for (const columns of [20, 40, 80]) {
      const text = progressText({ ...moved, name: `${'x'.repeat(300)}\u001b[2J\n` }, columns);
      expect(textWidth(text)).toBeLessThan(columns);
      expect(obeyedBytes(text)).toEqual([]);
      expect(text).not.toContain('\n');
    }
  });
});
