import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile, target } from './compile.ts';

const root = join(import.meta.dirname, '../..');

describe('the compiled module', () => {
  it('is what its source compiles to', async () => {
    expect(readFileSync(join(root, target), 'utf8')).toBe(await compile(root));
  });
});
