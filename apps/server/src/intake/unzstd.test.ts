import { constants, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chunked, logLines, seededRandom, systemDecodes } from './testing/bytes.ts';
import { damageKinds, readIntake } from './testing/readIntake.ts';

const text = logLines(6000, 3);
const checked = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };
const file = zstdCompressSync(text, checked);
const hasZstd = systemDecodes('zstd', file) !== undefined;
if (!hasZstd) console.warn('zstd is not installed: comparisons with it are skipped');

async function decode(bytes: Uint8Array, chunk = 65_536) {
  const read = await readIntake(chunked(bytes, () => chunk));
  expect(read.error).toBeUndefined();
  return { ...read, content: Buffer.concat(read.members.map((member) => member.content)) };
}

function startsWith(whole: Buffer, start: Buffer): boolean {
  return whole.subarray(0, start.length).equals(start);
}

function skippable(content: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(0x184d2a5c, 0);
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content]);
}

describe('unzstd', () => {
  it.each([3, 512, 65_536, 1 << 24])('reads a whole file in chunks of %i bytes', async (chunk) => {
    const read = await decode(file, chunk);
    expect(read.content.equals(text)).toBe(true);
    expect(read.damage).toEqual([]);
    expect(read.members[0]?.layers).toBe('zstd');
  });

  it('reads every frame of a file, with skippable frames and zero bytes between them', async () => {
    const halves = [text.subarray(0, 300_001), text.subarray(300_001)];
    const [first, second] = halves.map((half) => zstdCompressSync(half));
    if (first === undefined || second === undefined) throw new Error('two halves');
    const extra = skippable(Buffer.from('anything'));
    for (const bytes of [
      [first, second],
      [extra, first, extra, extra, second, extra],
      [first, Buffer.alloc(300), second, Buffer.alloc(9)],
    ]) {
      const read = await decode(Buffer.concat(bytes), 1000);
      expect(read.members.length).toBe(1);
      expect(read.content.equals(text)).toBe(true);
      expect(read.damage).toEqual([]);
    }
  });

  it('reads what high levels and long windows write', async () => {
    const long = {
      params: { [constants.ZSTD_c_windowLog]: 27, [constants.ZSTD_c_compressionLevel]: 3 },
    };
    const read = await decode(zstdCompressSync(text, long));
    expect(read.content.equals(text)).toBe(true);
  });

  it('reads empty, raw and one-byte-repeated content', async () => {
    const noise = Buffer.from(
      Array.from({ length: 300_000 }, seededRandom(5)).map((value) => value * 256),
    );
    for (const content of [Buffer.alloc(0), noise, Buffer.alloc(1_000_000, 65)]) {
      const read = await decode(zstdCompressSync(content, checked));
      expect(read.content.equals(content)).toBe(true);
      expect(read.damage).toEqual([]);
    }
  });

  it('keeps what is decodable and says truncated wherever the file is cut', async () => {
    const two = Buffer.concat([zstdCompressSync(text.subarray(0, 100_000)), file]);
    for (let cut = 5; cut < two.length; cut += cut < 30 ? 1 : 2048) {
      const bytes = two.subarray(0, cut);
      if (cut === two.length - file.length) continue;
      const read = await decode(bytes, 10_000);
      expect(damageKinds(read.damage)).toEqual(['truncated']);
      expect(read.damage[0]?.compressedOffset).toBe(cut);
      const theirs = systemDecodes('zstd', bytes) ?? Buffer.alloc(0);
      expect(startsWith(read.content, theirs)).toBe(true);
    }
  });

  it('says truncated when the last 1 to 8 bytes are missing', async () => {
    for (let missing = 1; missing <= 8; missing++) {
      const read = await decode(file.subarray(0, -missing));
      expect(damageKinds(read.damage)).toEqual(['truncated']);
      // Without its last block's end nothing of that block can be decoded: the checksum takes 4 bytes.
      expect(read.content.equals(text)).toBe(missing <= 4);
    }
  });

  it('keeps all content and records garbage behind the last frame', async () => {
    const read = await decode(Buffer.concat([file, Buffer.from('garbage')]));
    expect(read.content.equals(text)).toBe(true);
    expect(read.damage).toMatchObject([
      { kind: 'trailing_garbage', compressedOffset: file.length },
    ]);
  });

  it('delivers content whose checksum is wrong, says so, and goes on', async () => {
    const bad = Buffer.from(file);
    bad.writeUInt8((bad.at(-1) ?? 0) ^ 1, bad.length - 1);
    const read = await decode(Buffer.concat([bad, file]));
    expect(read.content.equals(Buffer.concat([text, text]))).toBe(true);
    expect(damageKinds(read.damage)).toEqual(['checksum_mismatch']);
  });

  it('goes on with the next frame as a new part behind corruption', async () => {
    const bad = Buffer.from(file);
    bad.fill(0xff, 30_000, 30_100);
    const read = await decode(Buffer.concat([bad, file]));
    expect(read.members.map((member) => member.part)).toEqual([1, 2]);
    expect(read.members[1]?.content.equals(text)).toBe(true);
    expect(damageKinds(read.members[0]?.damage ?? [])).toEqual(['corrupt']);
  });

  it('names a dictionary it does not have as the reason', async () => {
    const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x21, 0x07, 0x01, 0x09, 0x00, 0x00, 65]);
    const read = await decode(frame);
    expect(damageKinds(read.damage)).toEqual(['corrupt']);
    expect(read.damage[0]?.reason).toMatch(/dictionary/i);
  });

  it.skipIf(!hasZstd)(
    'gives at least what zstd -dc gives for 200 mutants',
    async () => {
      const random = seededRandom(22);
      const whole = text.subarray(0, 400_000);
      const several = Buffer.concat([
        zstdCompressSync(whole.subarray(0, 90_000), checked),
        zstdCompressSync(whole.subarray(90_000), checked),
      ]);
      for (let round = 0; round < 200; round++) {
        const mutant = Buffer.from(several);
        const at = 5 + Math.floor(random() * (several.length - 5));
        mutant[at] = (mutant[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        const bytes = round % 4 === 0 ? mutant.subarray(0, at) : mutant;
        const read = await decode(bytes, 1 + Math.floor(random() * 30_000));
        const told = read.content.equals(whole) || read.damage.length > 0;
        expect(told, `round ${round}`).toBe(true);
        const theirs = systemDecodes('zstd', bytes) ?? Buffer.alloc(0);
        expect(read.content.length, `round ${round}`).toBeGreaterThanOrEqual(theirs.length);
        // Versions of zstd differ in what they make of broken literals; the checksum tells in all of them.
        if (damageKinds(read.damage).includes('checksum_mismatch')) continue;
        expect(startsWith(read.content, theirs), `round ${round}`).toBe(true);
      }
    },
    120_000,
  );
});
