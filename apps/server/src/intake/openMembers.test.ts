import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openMembers } from './openMembers.ts';
import { makeTar, makeZip, type TestFile } from './testing/archives.ts';
import { chunked, logLines } from './testing/bytes.ts';
import { damageKinds, readIntake } from './testing/readIntake.ts';

const ROTATED: readonly TestFile[] = [
  { name: 'tetragon.log', content: Buffer.from('fourth\n') },
  { name: 'tetragon-2026-11-20T18-30-00.000.log', content: Buffer.from('third\n') },
  { name: 'tetragon-2026-11-18T18-30-00.000.log.gz', content: gzipSync('first\n') },
  { name: 'tetragon-2026-11-19T18-30-00.000.log.zst', content: zstdCompressSync('second\n') },
];

function text(members: readonly { readonly content: Buffer }[]): string {
  return members.map(({ content }) => content.toString()).join('');
}

describe('openMembers', () => {
  it('passes a plain file through as one member, also an empty one', async () => {
    for (const content of [Buffer.from('{"a":1}\n'), Buffer.alloc(0)]) {
      const read = await readIntake(content, { name: 'a.log' });
      expect(read.members).toMatchObject([
        { path: 'a.log', part: 1, layers: '', content, damage: [] },
      ]);
      expect(read.skipped).toEqual([]);
    }
  });

  it('opens by content, whatever the name says', async () => {
    const read = await readIntake(gzipSync('x'), { name: 'a.zip' });
    expect(read.members).toMatchObject([
      { path: 'a.zip', layers: 'gzip', content: Buffer.from('x') },
    ]);
  });

  it('gives the rotated files of a tar, a tar.gz, a tar.zst and a zip oldest first', async () => {
    const tar = await makeTar(ROTATED);
    const zip = makeZip(
      ROTATED.map(({ name, content }) => ({ name, content: content ?? Buffer.alloc(0) })),
    );
    for (const bytes of [tar, gzipSync(tar), zstdCompressSync(tar), zip]) {
      const read = await readIntake(chunked(bytes, () => 700));
      expect(text(read.members)).toBe('first\nsecond\nthird\nfourth\n');
      expect(read.members[0]?.path).toBe('upload > tetragon-2026-11-18T18-30-00.000.log.gz');
      expect(read.damage).toEqual([]);
      expect(read.left).toEqual([]);
    }
  });

  it('keeps names and contents of long paths, folders and big files', async () => {
    const long = `${'very-long-folder-name/'.repeat(20)}fgs.log`;
    const big = logLines(20_000, 4);
    const read = await readIntake(
      await makeTar([
        { name: long, content: Buffer.from('x') },
        { name: 'b/ü.log', content: big },
      ]),
    );
    expect(read.members.map(({ path }) => path)).toEqual(['upload > b/ü.log', `upload > ${long}`]);
    expect(read.members[0]?.content.equals(big)).toBe(true);
  });

  it('passes over what is no file, each with its reason', async () => {
    const tar = await makeTar([
      { name: 'dir', type: 'directory' },
      { name: 'sym', type: 'symlink' },
      { name: 'hard', type: 'link' },
      { name: 'fifo', type: 'fifo' },
      { name: 'null', type: 'character-device' },
      { name: 'logs/._a.log', content: Buffer.from('x') },
      { name: '__MACOSX/a.log', content: Buffer.from('x') },
      { name: 'a.log', content: Buffer.from('kept') },
      { name: 'a.xz', content: Buffer.from('\xfd7zXZ\0', 'latin1') },
    ]);
    const read = await readIntake(tar);
    expect(text(read.members)).toBe('kept');
    expect(read.skipped.map(({ path, reason }) => `${path.at(-1)} ${reason}`)).toEqual([
      'dir directory',
      'sym link',
      'hard link',
      'fifo device',
      'null device',
      'logs/._a.log apple_metadata',
      '__MACOSX/a.log apple_metadata',
      'a.xz unsupported_compression',
    ]);
  });

  it('reads a zip with hostile names as data and writes nothing anywhere', async () => {
    const names = [
      '../../../../tmp/intake-evil.log',
      '/etc/cron.d/x',
      'C:\\x',
      'a\0b',
      '..',
      '__proto__',
      'x\r\ny',
    ];
    const zip = makeZip([
      ...names.map((name) => ({ name, content: Buffer.from(`${name.length};`) })),
      { name: 'link', unixMode: 0o120777, content: Buffer.from('/etc/passwd') },
      { name: 'dir/', method: 0 as const },
      { name: 'secret.log', encrypted: true, method: 0 as const, content: Buffer.from('?') },
      { name: 'odd.log', method: 12 as const, content: Buffer.from('?') },
    ]);
    const read = await readIntake(zip);
    expect(read.members.map(({ path }) => path.slice('upload > '.length)).toSorted()).toEqual(
      names.toSorted(),
    );
    expect(read.skipped.map(({ reason }) => reason)).toEqual([
      'link',
      'directory',
      'encrypted',
      'unsupported_compression',
    ]);
    expect(await readdir(tmpdir())).not.toContain('intake-evil.log');
    expect(read.left).toEqual([]);
  });

  it('opens nested archives down to four layers and no further', async () => {
    const inner = gzipSync(await makeTar([{ name: 'deep.log.gz', content: gzipSync('deep\n') }]));
    const three = await readIntake(inner);
    expect(three.members).toMatchObject([
      { layers: 'gzip tar gzip', path: 'upload > deep.log.gz' },
    ]);
    const four = await readIntake(makeZip([{ name: 'in.tgz', content: inner }]));
    expect(four.members).toMatchObject([
      { layers: 'zip gzip tar gzip', path: 'upload > in.tgz > deep.log.gz' },
    ]);
    const five = await readIntake(gzipSync(makeZip([{ name: 'in.tgz', content: inner }])));
    expect(five.members).toEqual([]);
    expect(five.skipped).toMatchObject([{ reason: 'too_deep' }]);
  });

  it('keeps the files of a tar that is cut anywhere and says so', async () => {
    const tar = await makeTar([
      { name: 'a.log.1', content: logLines(30, 1) },
      { name: 'a.log', content: logLines(30, 2) },
    ]);
    const whole = text((await readIntake(tar)).members);
    for (let cut = 512; cut < tar.length - 1024; cut += 300) {
      const read = await readIntake(tar.subarray(0, cut));
      expect(whole.startsWith(text(read.members))).toBe(true);
      expect(damageKinds(read.damage)).toContain('truncated');
    }
    const cutGzip = await readIntake(gzipSync(tar).subarray(0, -30));
    expect(damageKinds(cutGzip.damage)).toContain('truncated');
    expect(cutGzip.members.length).toBeGreaterThan(0);
  });

  it('goes on behind a damaged tar header', async () => {
    const tar = await makeTar(
      ['1', '2', '3'].map((name) => ({ name: `${name}.log`, content: Buffer.from(name) })),
    );
    tar.fill(0xee, 1024, 1030);
    const read = await readIntake(tar);
    expect(text(read.members)).toBe('13');
    tar.fill(0xee, 0, 6);
    expect(text((await readIntake(tar)).members)).toBe('3');
    expect(read.damage).toMatchObject([{ kind: 'corrupt', layer: 'tar', compressedOffset: 1024 }]);
  });

  it('finds the files behind damage in a compressed tar, though it moves them', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `${index}.txt`);
    const tar = await makeTar(
      names.map((name, index) => ({ name, content: logLines(400, index) })),
    );
    for (const shift of [-700, -3, 5, 1000]) {
      const at = 60_000;
      const moved = Buffer.concat([
        tar.subarray(0, at),
        Buffer.alloc(Math.max(0, shift), 65),
        tar.subarray(at - Math.min(0, shift)),
      ]);
      const read = await readIntake(gzipSync(moved));
      const intact = read.members.filter(({ content }, index) =>
        content.equals(logLines(400, index)),
      );
      expect(read.members.map(({ path }) => path.slice(-5))).toEqual(names);
      expect(intact.length).toBe(8);
      expect(damageKinds(read.damage)).toContain('corrupt');
    }
  });

  it('reads an archive on behind a hole in its compression', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `${index}.txt`);
    const tar = await makeTar(
      names.map((name, index) => ({ name, content: logLines(400, index) })),
    );
    const third = Math.floor(tar.length / 3);
    const frames = [0, 1, 2].map((index) =>
      zstdCompressSync(tar.subarray(index * third, index === 2 ? tar.length : (index + 1) * third)),
    );
    frames[1]?.fill(0xff, 20, 400);
    const read = await readIntake(Buffer.concat(frames));
    expect(damageKinds(read.damage)).toContain('corrupt');
    const found = read.members.map(({ path }) => path.slice(-5));
    expect(found.slice(0, 2)).toEqual(['0.txt', '1.txt']);
    expect(found.slice(-2)).toEqual(['7.txt', '8.txt']);
    expect(read.members.at(-1)?.content.equals(logLines(400, 8))).toBe(true);
  });

  it('keeps the files of a zip that has lost its directory', async () => {
    const entries = [
      { name: 'a.log.1', content: logLines(50, 1) },
      { name: 'a.log', content: logLines(50, 2), descriptor: true },
      { name: 'b.log', content: logLines(50, 3) },
    ];
    const zip = makeZip(entries);
    const whole = await readIntake(zip);
    expect(whole.damage).toEqual([]);
    const start = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    const read = await readIntake(zip.subarray(0, start));
    expect(text(read.members)).toBe(text(whole.members));
    expect(read.damage).toMatchObject([{ kind: 'truncated', layer: 'zip' }]);
    const cut = await readIntake(zip.subarray(0, start - 20));
    expect(text(whole.members).startsWith(text(cut.members))).toBe(true);
    expect(cut.members.at(-1)?.damage).toMatchObject([{ kind: 'truncated', layer: 'zip' }]);
  });

  it('delivers a zip entry whose checksum is wrong and says so', async () => {
    const zip = makeZip([{ name: 'a.log', content: Buffer.from('hello'), method: 0 }]);
    zip[30 + 5] = 0x4a;
    const read = await readIntake(zip);
    expect(text(read.members)).toBe('Jello');
    expect(read.members[0]?.damage).toMatchObject([{ kind: 'checksum_mismatch', layer: 'zip' }]);
  });

  it('stops at the limit on decompressed bytes, keeping what came before', async () => {
    const read = await readIntake(gzipSync(Buffer.alloc(3_000_000, 65)), { maxBytes: 1_000_000 });
    expect(damageKinds(read.damage)).toEqual(['bomb']);
    const length = read.members[0]?.content.length ?? 0;
    expect(length).toBeGreaterThan(500_000);
    expect(length).toBeLessThanOrEqual(1_000_000);
  });

  it('stops at the ratio, but not before 64 MiB', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024));
    const read = await readIntake(gzipSync(Buffer.alloc(60 * 1024 * 1024)));
    expect(read.damage).toEqual([]);
    for (const bytes of [
      bomb,
      gzipSync(bomb),
      makeZip([{ name: 'a', content: Buffer.alloc(100 * 1024 * 1024) }]),
    ]) {
      const stopped = await readIntake(bytes);
      expect(damageKinds(stopped.damage)).toEqual(['bomb']);
      expect(stopped.members.length).toBe(1);
      expect(stopped.damage[0]?.reason).toContain('200:1');
    }
  }, 120_000);

  it('keeps the files before a bomb in an archive and reads none behind it', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    const files = ['a.log', 'b.log', 'c.log'].map((name) => ({
      name,
      content: name === 'b.log' ? bomb : gzipSync(name),
    }));
    const read = await readIntake(await makeTar(files), { maxBytes: 1_000_000 });
    expect(read.members.map(({ path }) => path)).toEqual(['upload > a.log', 'upload > b.log']);
    expect(damageKinds(read.damage)).toEqual(['bomb']);
  });

  it('reads no more entries than allowed', async () => {
    const zip = makeZip(
      Array.from({ length: 300 }, (_, index) => ({
        name: `${index}.txt`,
        content: Buffer.from('x'),
      })),
    );
    const read = await readIntake(zip, { maxEntries: 100 });
    expect(read.members.length).toBe(100);
    expect(damageKinds(read.damage)).toEqual(['too_many_entries']);
  });

  it('reads what fits into the spool and says that the rest did not', async () => {
    const files = Array.from({ length: 10 }, (_, index) => ({
      name: `${index}.txt`,
      content: logLines(3000, index),
    }));
    const read = await readIntake(
      chunked(await makeTar(files), () => 65_536),
      { maxSpoolBytes: 1_000_000 },
    );
    expect(damageKinds(read.damage)).toContain('spool_full');
    expect(read.members.length).toBeGreaterThan(2);
    expect(read.members[0]?.content.equals(logLines(3000, 0))).toBe(true);
    expect(read.left).toEqual([]);
  });

  it('gives the files of an archive whose upload broke off, then the error', async () => {
    const tar = await makeTar(ROTATED);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield tar.subarray(0, 2048);
      throw new Error('reset');
    }
    const read = await readIntake(broken());
    expect(read.members.length).toBe(2);
    expect(read.error).toMatchObject({ message: 'reset' });
    expect(read.left).toEqual([]);
  });
});

describe('leaving', () => {
  it('throws the reason at once when aborted while the source gives nothing', async () => {
    const controller = new AbortController();
    let closed = false;
    async function* stalled(): AsyncGenerator<Uint8Array> {
      try {
        yield gzipSync(logLines(5000, 1)).subarray(0, 30_000);
        // Asked again: what came is being read, and this is long enough for it on a busy machine.
        setTimeout(() => controller.abort(new Error('cancelled')), 500);
        await new Promise(() => undefined);
      } finally {
        closed = true;
      }
    }
    const read = await readIntake(stalled(), { signal: controller.signal });
    expect(read.error).toMatchObject({ message: 'cancelled' });
    expect(read.members[0]?.content.length).toBeGreaterThan(0);
    // A source in the middle of a chunk cannot be closed: only asked to.
    expect(closed).toBe(false);
  });

  it('removes the spool when aborted between members and when left early', async () => {
    const tar = await makeTar(ROTATED);
    for (const how of ['abort', 'leave', 'leave inside'] as const) {
      const spoolDir = await mkdtemp(join(tmpdir(), 'intake-test-'));
      const controller = new AbortController();
      let closed = false;
      async function* source(): AsyncGenerator<Uint8Array> {
        try {
          yield* chunked(tar, () => 1000);
        } finally {
          closed = true;
        }
      }
      const intake = openMembers(source(), { name: 'x', spoolDir, signal: controller.signal });
      const read = async (): Promise<void> => {
        for await (const member of intake) {
          if (how === 'leave inside') for await (const _ of member.chunks) break;
          if (how === 'abort') controller.abort(new Error('cancelled'));
          else return;
        }
      };
      const outcome = await read().then(
        () => 'left',
        (error: unknown) => (error instanceof Error ? error.message : error),
      );
      expect(outcome).toBe(how === 'abort' ? 'cancelled' : 'left');
      expect(closed).toBe(true);
      expect(await readdir(spoolDir)).toEqual([]);
      await rm(spoolDir, { recursive: true });
    }
  });

  it('passes over members that are not read', async () => {
    const spoolDir = await mkdtemp(join(tmpdir(), 'intake-test-'));
    const source = chunked(await makeTar(ROTATED), () => 5000);
    const names: string[] = [];
    for await (const member of openMembers(source, { name: 'x', spoolDir }))
      names.push(member.name);
    expect(names.length).toBe(4);
    await rm(spoolDir, { recursive: true });
  });

  it('asks the source for no more than it gives on', async () => {
    let pulled = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      const member = gzipSync(logLines(2000, 1));
      for (;;) {
        pulled++;
        yield member;
      }
    }
    const spoolDir = await mkdtemp(join(tmpdir(), 'intake-test-'));
    for await (const member of openMembers(endless(), { name: 'x', spoolDir })) {
      let chunks = 0;
      for await (const _ of member.chunks) if (++chunks === 5) break;
      break;
    }
    expect(pulled).toBeLessThan(15);
    await rm(spoolDir, { recursive: true });
  });
});
