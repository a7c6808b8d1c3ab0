import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sniffMagic } from './sniffMagic.ts';
import { makeTar, makeZip } from './testing/archives.ts';

describe('sniffMagic', () => {
  it('tells compressions and archives by their content', async () => {
    const tar = await makeTar([{ name: 'a.log', content: Buffer.from('x') }]);
    const old = Buffer.from(tar.subarray(0, 512));
    old.fill(0, 257, 512);
    // The sum of all bytes with the checksum field read as spaces.
    const sum = old.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
    old.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const found = [
      gzipSync('x'),
      zstdCompressSync('x'),
      tar,
      old,
      makeZip([]),
      makeZip([{ name: 'a' }]),
    ];
    expect(found.map((bytes) => sniffMagic(bytes).kind)).toEqual([
      'gzip',
      'zstd',
      'tar',
      'tar',
      'zip',
      'zip',
    ]);
    expect(sniffMagic(Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 0, 0, 0, 0])).kind).toBe('zstd');
  });

  it('names what it cannot open', () => {
    expect(sniffMagic(Buffer.from('\xfd7zXZ\0rest', 'latin1'))).toEqual({
      kind: 'unsupported',
      name: 'xz',
    });
    expect(sniffMagic(Buffer.from('BZh91AY&SY', 'latin1'))).toEqual({
      kind: 'unsupported',
      name: 'bzip2',
    });
  });

  it('takes everything else for a plain file', () => {
    const plain = [
      '',
      '{"process_exec":{}}',
      'PK is a word',
      'BZhello',
      '\0'.repeat(512),
      'a'.repeat(512),
    ];
    expect(plain.map((text) => sniffMagic(Buffer.from(text)).kind)).toEqual(
      plain.map(() => 'plain'),
    );
  });
});
