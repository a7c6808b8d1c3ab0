import { constants, gzipSync, inflateRawSync } from 'node:zlib';
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
      if (hasGzip)
        expect(read.content.length).toBeGreaterThanOrEqual(
          systemDecodes('gzip', bytes)?.length ?? 0,
        );
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
    const bad = Buffer.from(file);
    const at = Math.floor(file.length / 2);
    // A deflate block of the reserved type follows wherever these bits are read as a block header or as codes.
    bad.fill(0xff, at, at + 200);
    const read = await decode(Buffer.concat([bad, file]));
    expect(read.members.map((member) => member.part)).toEqual([1, 2]);
    expect(read.members[1]?.content.equals(text)).toBe(true);
    expect(read.members[0]?.damage).toMatchObject([{ kind: 'corrupt', part: 1 }]);
    expect(read.members[1]?.damage).toEqual([]);
    const sound = decodableBytes(file, at);
    expect(read.members[0]?.content.length).toBeGreaterThanOrEqual(sound);
    expect(startsWith(read.members[0]?.content ?? Buffer.alloc(0), text.subarray(0, sound))).toBe(
      true,
    );
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

  it('gives at least what gzip -dc gives for 250 mutants, and never ends one silently', async () => {
    const random = seededRandom(20);
    const two = Buffer.concat([
      gzipSync(text.subarray(0, 90_000)),
      gzipSync(text.subarray(90_000, 200_000)),
    ]);
    const whole = text.subarray(0, 200_000);
    let lenient = 0;
    for (let round = 0; round < 250; round++) {
      const mutant = mutate(two, random);
      const read = await decode(mutant, 1 + Math.floor(random() * 30_000));
      if (!read.content.equals(whole))
        expect(read.damage.length + read.skipped.length, `round ${round}`).toBeGreaterThan(0);
      const theirs = systemDecodes('gzip', mutant);
      if (theirs === undefined || startsWith(read.content, theirs)) continue;
      // gzip's own inflate copies from beyond the beginning, which is no data: zlib refuses it.
      const sound = zlibDecodes(mutant);
      expect(startsWith(read.content, sound), `round ${round}`).toBe(true);
      lenient++;
    }
    expect(lenient).toBeLessThan(25);
  }, 120_000);
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

/** Bytes that the first `length` compressed bytes of a one-member file give. */
function decodableBytes(bytes: Buffer, length: number): number {
  return inflateRawSync(bytes.subarray(10, length), { finishFlush: constants.Z_SYNC_FLUSH }).length;
}

/** What zlib gives of the first member before it fails, found by halving. */
function zlibDecodes(bytes: Buffer): Buffer {
  let low = 10;
  let high = bytes.length;
  let best = Buffer.alloc(0);
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    try {
      best = inflateRawSync(bytes.subarray(10, middle), { finishFlush: constants.Z_SYNC_FLUSH });
      low = middle + 1;
    } catch {
      high = middle - 1;
    }
  }
  return best;
}
