import { describe, expect, it } from 'vitest';
import { firstLines, looksLike } from './looksLike.ts';

describe('what a file looks like', () => {
  it('is told by its first bytes, not by its name', async () => {
    expect(await looksLike(new Blob([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)]))).toBe(
      'a PNG image',
    );
    expect(await looksLike(new Blob([Uint8Array.of(0xd4, 0xc3, 0xb2, 0xa1, 2, 0)]))).toBe(
      'a packet capture (pcap)',
    );
    expect(await looksLike(new Blob([]))).toBe('an empty file');
  });

  it('is unknown for text', async () => {
    expect(await looksLike(new Blob(['{"process_exec":{}}']))).toBeUndefined();
  });

  it('shows the first lines of a text, and none of a file that is no text', async () => {
    expect(await firstLines(new Blob(['one\r\n\ntwo\nthree\nfour']))).toEqual([
      'one',
      'two',
      'three',
    ]);
    expect(await firstLines(new Blob([`${'x'.repeat(9000)}\nlast`]))).toEqual(['x'.repeat(4096)]);
    expect(await firstLines(new Blob([Uint8Array.of(0x41, 0, 0x42, 0x0a)]))).toEqual([]);
    expect(await firstLines(new Blob([]))).toEqual([]);
  });
});
