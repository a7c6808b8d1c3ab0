import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { followFile } from './followFile.ts';
import { wholeLines } from './followInto.ts';
import { createLogFolder } from './testing/logFiles.ts';

const folder = createLogFolder();
afterAll(() => folder.remove());

/** Follows until the text so far passes `isEnough`, letting `change` move the file along as it comes. */
async function followed(
  path: string,
  steps: readonly [seen: string, change: () => void][],
  end: string,
): Promise<string> {
  const stopping = new AbortController();
  const waiting = [...steps];
  let text = '';
  for await (const chunk of followFile(path, stopping.signal)) {
    text += Buffer.from(chunk).toString();
    const [next] = waiting;
    if (next !== undefined && text.endsWith(next[0])) {
      waiting.shift();
      next[1]();
    }
    if (text.endsWith(end)) stopping.abort();
  }
  return text;
}

describe('a log that grows', () => {
  it('is read to its end and on', async () => {
    const path = folder.write('grow.log', 'one\n');
    const text = await followed(path, [['one\n', () => appendFileSync(path, 'two\n')]], 'two\n');
    expect(text).toBe('one\ntwo\n');
  });

  it('is followed through a rotation by rename, and what was written to the old file last is not lost', async () => {
    const path = folder.write('rotate.log', 'one\n');
    const rotated = join(folder.dir, 'rotate.log.1');
    const text = await followed(
      path,
      [
        [
          'one\n',
          () => {
            renameSync(path, rotated);
            appendFileSync(rotated, 'late line\n');
            writeFileSync(path, 'new file\n');
          },
        ],
      ],
      'new file\n',
    );
    expect(text).toBe('one\nlate line\nnew file\n');
  });

  it('begins again when it was cut to nothing', async () => {
    const path = folder.write('cut.log', 'a long first line\n');
    const text = await followed(
      path,
      [
        [
          'first line\n',
          () => {
            truncateSync(path, 0);
            appendFileSync(path, 'short\n');
          },
        ],
      ],
      'short\n',
    );
    expect(text).toBe('a long first line\nshort\n');
  });

  it('ends when the signal comes while nothing does', async () => {
    const path = folder.write('quiet.log', '');
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(), 20);
    const chunks: unknown[] = [];
    for await (const chunk of followFile(path, stopping.signal)) chunks.push(chunk);
    expect(chunks).toEqual([]);
  });
});

describe('blocks of whole lines', () => {
  async function blocks(chunks: AsyncIterable<Uint8Array>): Promise<string[]> {
    const found: string[] = [];
    for await (const block of wholeLines(chunks)) found.push(Buffer.from(block).toString());
    return found;
  }

  it('never end inside a line while more may come', async () => {
    async function* chunks() {
      yield Buffer.from('one\ntw');
      await new Promise((resolve) => setTimeout(resolve, 700));
      yield Buffer.from('o\nthree');
    }
    expect(await blocks(chunks())).toEqual(['one\n', 'two\nthree']);
  });

  it('are large when much comes at once', async () => {
    async function* chunks() {
      for (let i = 0; i < 90; i += 1) yield Buffer.from(`${'x'.repeat(99_999)}\n`);
    }
    const sizes = (await blocks(chunks())).map(({ length }) => length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(9_000_000);
    expect(sizes.length).toBeLessThanOrEqual(3);
  });
});
