import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { filesBelow } from '../files/filesBelow.ts';
import { findClockReads } from './findClockReads.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

it('sees a clock that is read without its name', () => {
  const source = 'const a = new Date();\nconst b = Date();\nconst c = new Date(0);\nnew Date;\n';
  expect(findClockReads('x.ts', source)).toEqual([1, 2, 4]);
});

it('the model reads no clock', () => {
  const files = filesBelow(join(root, 'packages/model/src')).filter(
    (path) => path.endsWith('.ts') && !/\.(?:test|bench|d)\.ts$/.test(path),
  );
  expect(files.length).toBeGreaterThan(10);
  const reads = files.flatMap((path) => {
    const source = readFileSync(join(root, 'packages/model/src', path), 'utf8');
    return findClockReads(path, source).map((line) => `${path}:${line}`);
  });
  expect(reads).toEqual([]);
});
