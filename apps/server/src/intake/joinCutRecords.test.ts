import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { parseJson } from '@forebear/model/framing/text';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCutInTwo } from './isCutInTwo.ts';
import { openMembers } from './openMembers.ts';
import { makeTar, makeZip, type TestFile } from './testing/archives.ts';
import { logLines } from './testing/bytes.ts';
import { type ReadIntake, readIntake } from './testing/readIntake.ts';

const record = '{"process_exec":{"process":{"pid":7,"arguments":"a {b} \\" é"}},"time":"t"}\n';

function file(name: string, content: string | Uint8Array): TestFile {
  return { name, content: Buffer.from(content) };
}

async function read(files: readonly TestFile[]): Promise<ReadIntake> {
  return readIntake(await makeTar(files));
}

function contents(intake: ReadIntake): string[] {
  return intake.members.map(({ content }) => content.toString());
}

describe('a record cut by the rotation of its file', () => {
  it('is given whole at the end of the earlier file, wherever it is cut', async () => {
    const bytes = Buffer.from(record);
    for (let at = 1; at < bytes.length - 1; at += 1) {
      const intake = await read([
        file('fgs.log.1', Buffer.concat([Buffer.from('{"n":1}\n'), bytes.subarray(0, at)])),
        file('fgs.log', Buffer.concat([bytes.subarray(at), Buffer.from('{"n":2}\n')])),
      ]);
      expect(contents(intake), `cut at ${at}`).toEqual([`{"n":1}\n${record}`, '{"n":2}\n']);
      expect(intake.members.map(({ startsAt }) => startsAt)).toEqual([0, bytes.length - at]);
    }
  });

  it('is whole in zips, in compressed files, behind a wrapper, and where the file ends with it', async () => {
    const zip = makeZip([
      { name: 'a/fgs-2026-11-20T18-30-00.000.log.gz', content: gzipSync(record.slice(0, 40)) },
      { name: 'a/fgs.log', content: Buffer.from(record.slice(40).trimEnd()) },
    ]);
    expect(contents(await readIntake(zip))).toEqual([record.trimEnd(), '']);
    const line = `2026-11-20T18:30:00.1Z stdout F ${record}`;
    const wrapped = [
      file('0.log.20261120-183000', line.slice(0, 50)),
      file('0.log', line.slice(50)),
    ];
    expect(contents(await read(wrapped))).toEqual([line, '']);
  });

  it('keeps every byte, once and in order, and no file ends inside a record', async () => {
    const log = logLines(60, 5);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(log.length), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (cuts, packed) => {
          const ends = [...cuts.toSorted((a, b) => a - b), log.length];
          const files = ends.map((end, index) => {
            const part = log.subarray(index === 0 ? 0 : ends[index - 1], end);
            const number = ends.length - 1 - index;
            return file(number === 0 ? 'x.log' : `x.log.${number}`, packed ? gzipSync(part) : part);
          });
          const intake = await read(files);
          expect(Buffer.concat(intake.members.map(({ content }) => content)).equals(log)).toBe(
            true,
          );
          expect(intake.members).toHaveLength(ends.length);
          // A record that runs through a whole file stays cut: only neighbours are joined.
          const shortest = Math.min(...ends.map((end, index) => end - (ends[index - 1] ?? 0)));
          if (shortest < 200) return;
          // A cut right before a newline leaves a whole record at the end.
          for (const text of contents(intake)) {
            const last = text.slice(text.lastIndexOf('\n') + 1);
            expect(last === '' || parseJson(Buffer.from(last)) !== undefined).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('two files are left as they are', () => {
  const half = record.slice(0, 40);
  const rest = record.slice(40);

  it.each([
    ['they are different logs', 'a.log.1', 'b.log'],
    ['a number between them is missing', 'a.log.2', 'a.log'],
    ['they carry the same number', 'a.log.1', 'a.log.1.gz'],
    ['they are no rotation', 'a', 'b'],
  ])('when %s', async (_why, earlier, later) => {
    const intake = await read([file(earlier, half), file(later, rest)]);
    expect(contents(intake)).toEqual([half, rest]);
  });

  it('when the later file begins with a record, however the earlier one ends', async () => {
    for (const tail of [half, '{"n":1}', '{"n":', 'text', '{"n":[', '']) {
      const intake = await read([file('a.log.1', tail), file('a.log', record)]);
      expect(contents(intake)).toEqual([tail, record]);
    }
  });

  it('when the earlier file is damaged: what it lost may lie between', async () => {
    const packed = gzipSync(half);
    for (const bytes of [packed.subarray(0, -3), Buffer.concat([packed, Buffer.from('no')])]) {
      const intake = await read([file('a.log.1.gz', bytes), file('a.log', rest)]);
      expect(contents(intake)).toEqual([half, rest]);
      expect(intake.damage).toHaveLength(1);
    }
  });

  it('when the later one cannot be opened', async () => {
    const intake = await read([file('a.log.1', half), file('a.log', '\xfd7zXZ\0')]);
    expect(contents(intake)).toContain(half);
  });
});

describe('isCutInTwo', () => {
  it('says no to what is longer than a record may be', () => {
    const long = 'x'.repeat(16 * 1024 * 1024);
    expect(isCutInTwo(Buffer.from('{"a":"'), Buffer.from(`${long}"}\n`))).toBe(false);
    expect(isCutInTwo(Buffer.from('{"a":"'), Buffer.from('x"}\n'))).toBe(true);
  });
});

it('lets go of a file whose reader leaves early, and goes on with the next one whole', async () => {
  const tar = await makeTar([
    file('a.log.1', `{"n":1}\n${record.slice(0, 40)}`),
    file('a.log', record.slice(40)),
  ]);
  const intake = openMembers(once(tar), { name: 'a.tar', spoolDir: tmpdir() });
  const seen: string[] = [];
  for await (const member of intake) {
    if (member.name === 'a.log.1') continue;
    for await (const chunk of member.chunks) seen.push(Buffer.from(chunk).toString());
    expect(member.startsAt).toBe(0);
  }
  expect(seen.join('')).toBe(record.slice(40));
});

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
