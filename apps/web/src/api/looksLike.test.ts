import { describe, expect, it } from 'vitest';
import { looksLike } from './looksLike.ts';

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
});
