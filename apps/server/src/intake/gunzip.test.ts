import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chunked, logLines, seededRandom, systemDecodes } from './testing/bytes.ts';
import { damageKinds, readIntake } from './testing/readIntake.ts';

const text = logLines(6000, 1);
const file = gzipSync(text);
const hasGzip = systemDecodes('gzip', file) !== undefined;
if (!hasGzip) console.warn('gzip is not installed: comparisons with it are skipped');

async function decode(bytes: Uint8Array, chunk = 65_536) {
  const read = await readIntake(chunked(bytes, () => chunk));
  expect(read.error).toBeUndefined();
  return { ...read, content: Buffer.concat(read.members.map((member) => member.content)) };
}

function startsWith(whole: Buffer, start: Buffer): boolean {
  return whole.subarray(0, start.length).equals(start);
}

describe('gunzip', () => {
  it.each([1, 7, 512, 65_536, 1 << 24])(
    'reads a whole file in chunks of %i bytes',
    async (chunk) => {
      const small = gzipSync(logLines(200, 2));
      const read = await decode(chunk === 1 ? small : file, chunk);
      expect(read.content.equals(chunk === 1 ? logLines(200, 2) : text)).toBe(true);
      expect(read.damage).toEqual([]);
    },
  );

  it('joins members into one stream, also across zero bytes between them', async () => {
    const halves = [text.subarray(0, 300_001), text.subarray(300_001)];
    const members = halves.map((half) => gzipSync(half));
    for (const gap of [0, 1, 700]) {
      const read = await decode(
        Buffer.concat([members[0] ?? file, Buffer.alloc(gap), members[1] ?? file]),
      );
      expect(read.members.length).toBe(1);
      expect(read.content.equals(text)).toBe(true);
      expect(read.damage).toEqual([]);
    }
  });

  it('reads a thousand tiny members', async () => {
    const member = gzipSync('x\n');
    const read = await decode(Buffer.concat(Array<Buffer>(1000).fill(member)));
    expect(read.content.toString()).toBe('x\n'.repeat(1000));
    expect(read.damage).toEqual([]);
  });

  it('reads headers with extra field, name, comment and checksum', async () => {
    const header = Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9]);
    const named = Buffer.concat([header, Buffer.from('n\0c\0hh'), file.subarray(10)]);
    const read = await decode(named, 5);
    expect(read.content.equals(text)).toBe(true);
    expect(read.damage).toEqual([]);
  });

  it('treats zero bytes behind the last member as padding', async () => {
    for (const count of [1, 8, 9, 100_000]) {
      const read = await decode(Buffer.concat([file, Buffer.alloc(count)]));
      expect(read.content.equals(text)).toBe(true);
      expect(read.damage).toEqual([]);
    }
  });

  it('keeps all content and records garbage behind the last member', async () => {
    for (const garbage of [
      Buffer.from('A'),
      Buffer.from('hello'),
      Buffer.from('\0\0\0\0x'),
      Buffer.alloc(200_000, 7),
    ]) {
      const read = await decode(Buffer.concat([file, garbage]));
      expect(read.content.equals(text)).toBe(true);
      expect(read.damage).toMatchObject([
        { kind: 'trailing_garbage', compressedOffset: file.length },
      ]);
      expect(read.damage[0]?.reason).toContain(`${garbage.length} bytes`);
    }
  });

  it('goes on with a member behind garbage', async () => {
    const read = await decode(Buffer.concat([file, Buffer.from('some words'), file]));
    expect(read.content.equals(Buffer.concat([text, text]))).toBe(true);
    expect(read.damage).toMatchObject([{ kind: 'garbage', compressedOffset: file.length }]);
  });

  it('keeps everything and says truncated when the last 1 to 8 bytes are missing', async () => {
    for (let missing = 1; missing <= 8; missing++) {
      const read = await decode(file.subarray(0, -missing));
      expect(read.content.equals(text)).toBe(true);
      expect(read.damage).toMatchObject([
        { kind: 'truncated', compressedOffset: file.length - missing, layer: 'gzip' },
      ]);
    }
  });

  it('keeps what is decodable and says truncated wherever the file is cut', async () => {
    for (let cut = 2; cut < file.length; cut += cut < 30 ? 1 : 4096) {
      const bytes = file.subarray(0, cut);
      const read = await decode(bytes, 10_000);
      expect(startsWith(text, read.content)).toBe(true);
      expect(read.damage).toMatchObject([{ kind: 'truncated', compressedOffset: cut }]);
      const theirs = systemDecodes('gzip', bytes) ?? Buffer.alloc(0);
      expect(read.content.length).toBeGreaterThanOrEqual(theirs.length);
    }
  });

  it('delivers content whose checksum or length is wrong, says so, and goes on', async () => {
    for (const at of [-8, -1]) {
      const bad = Buffer.from(file);
      bad.writeUInt8((bad.at(at) ?? 0) ^ 0x40, bad.length + at);
      const read = await decode(Buffer.concat([bad, file]));
      expect(read.content.equals(Buffer.concat([text, text]))).toBe(true);
      expect(damageKinds(read.damage)).toEqual(['checksum_mismatch']);
    }
  });

  it('delivers every byte before corruption and goes on with the next member as a new part', async () => {
    const sound = deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH });
    // A block of the reserved type 3, which no decoder accepts.
    const bad = Buffer.concat([file.subarray(0, 10), sound, Buffer.alloc(3000, 7)]);
    for (const chunk of [1000, 16_384, 65_536]) {
      const read = await decode(Buffer.concat([bad, file]), chunk);
      expect(read.members.map((member) => member.part)).toEqual([1, 2]);
      expect(read.members.map((member) => member.content.equals(text))).toEqual([true, true]);
      expect(read.members[0]?.damage).toMatchObject([
        { kind: 'corrupt', part: 1, compressedOffset: 10 + sound.length },
      ]);
      expect(read.members[1]?.damage).toEqual([]);
    }
  });

  it('loses at most what gzip -dc loses where the compressed bytes before are not kept', async () => {
    const noise = Buffer.from(
      Array.from({ length: 9 * 1024 * 1024 + 20_000 }, (_, index) => (index * index * 7919) >>> 7),
    );
    const sound = deflateRawSync(noise, { level: 0, finishFlush: constants.Z_SYNC_FLUSH });
    const bad = Buffer.concat([file.subarray(0, 10), sound, Buffer.alloc(300, 7)]);
    const read = await decode(Buffer.concat([bad, file]));
    const [first, second] = read.members;
    expect(first?.content.length).toBeGreaterThanOrEqual(noise.length - (noise.length % 32_768));
    expect(startsWith(noise, first?.content ?? Buffer.alloc(0))).toBe(true);
    expect(second?.content.equals(text)).toBe(true);
  });

  it('does not call a source that fails a truncated file', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield file.subarray(0, 20_000);
      throw new Error('connection reset');
    }
    const read = await readIntake(failing());
    expect(read.error).toMatchObject({ message: 'connection reset' });
    expect(read.damage).toEqual([]);
    expect(read.members[0]?.content.length).toBeGreaterThan(20_000);
  });

  it.skipIf(!hasGzip)(
    'gives at least what gzip -dc gives for 300 mutants of a file',
    async () => {
      const random = seededRandom(20);
      const whole = text.subarray(0, 200_000);
      const one = gzipSync(whole);
      for (let round = 0; round < 300; round++) {
        const mutant = mutate(one, random);
        const read = await decode(mutant, 1 + Math.floor(random() * 30_000));
        const told = read.content.equals(whole) || read.damage.length > 0;
        expect(told, `round ${round}`).toBe(true);
        const theirs = systemDecodes('gzip', mutant) ?? Buffer.alloc(0);
        expect(startsWith(read.content, theirs), `round ${round}`).toBe(true);
      }
    },
    120_000,
  );

  it.skipIf(!hasGzip)(
    'gives at least as much as gzip -dc for 200 mutants of several members',
    async () => {
      const random = seededRandom(21);
      const whole = text.subarray(0, 200_000);
      const parts = [
        whole.subarray(0, 90_000),
        whole.subarray(90_000, 90_010),
        whole.subarray(90_010),
      ];
      const several = Buffer.concat(parts.map((part) => gzipSync(part)));
      for (let round = 0; round < 200; round++) {
        const mutant = mutate(several, random);
        const read = await decode(mutant, 1 + Math.floor(random() * 30_000));
        const told = read.content.equals(whole) || read.damage.length > 0;
        expect(told, `round ${round}`).toBe(true);
        // Not byte for byte: what a broken reference points at, gzip fills with leftovers of the member before.
        const theirs = systemDecodes('gzip', mutant) ?? Buffer.alloc(0);
        expect(read.content.length, `round ${round}`).toBeGreaterThanOrEqual(theirs.length);
      }
    },
    120_000,
  );
});

function mutate(bytes: Buffer, random: () => number): Buffer {
  const mutant = Buffer.from(bytes);
  const kind = Math.floor(random() * 5);
  const at = 3 + Math.floor(random() * (bytes.length - 3));
  if (kind === 0) return mutant.subarray(0, at);
  if (kind === 1)
    return Buffer.concat([
      mutant,
      Buffer.from(Array.from({ length: 1 + random() * 40 }, () => random() * 256)),
    ]);
  if (kind === 2)
    return Buffer.concat([
      mutant.subarray(0, at),
      mutant.subarray(at + 1 + Math.floor(random() * 500)),
    ]);
  const flips = 1 + Math.floor(random() * 3);
  for (let flip = 0; flip < flips; flip++) {
    const where = kind === 3 ? at + flip : 3 + Math.floor(random() * (bytes.length - 3));
    if (where < mutant.length)
      mutant[where] = (mutant[where] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return mutant;
}
