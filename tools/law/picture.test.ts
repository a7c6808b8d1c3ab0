import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { importLaw } from './importLaw.ts';
import { printPicture } from './printPicture.ts';

it('docs/rooms.md is the law, printed', () => {
  const file = new URL('../../docs/rooms.md', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(printPicture(importLaw));
});

it('the picture names every room once in its table', () => {
  const rows = printPicture(importLaw).split('\n');
  for (const { name } of importLaw) {
    expect(rows.filter((row) => row.startsWith(`| \`${name}\` |`))).toHaveLength(1);
  }
});
