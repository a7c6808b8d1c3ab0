import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filesBelow } from '../files/filesBelow.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(posix.join(root, path), 'utf8');
const reference = 'docs/reference/';
const paths = filesBelow(root);
const documents = new Set(
  paths.filter((path) => path.endsWith('.md')).map((path) => posix.basename(path)),
);
const sources = paths.filter((path) =>
  /^(?:packages|apps|e2e|tools)\/.*\.(?:tsx?|css|md)$/.test(path),
);

/** Everything that the sources cite by a pattern: what is cited, with a file that does so. */
function cited(pattern: RegExp): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of sources)
    for (const [, what] of read(path).matchAll(pattern))
      if (what !== undefined) found.set(what, path);
  return found;
}

describe('what comments and tests refer to', () => {
  it('is a document of the house', () => {
    const unknown = [...cited(/(?<![\w/.-])([a-z][\w-]*\.md)\b/g)].filter(
      ([name]) => !documents.has(name),
    );
    expect(unknown).toEqual([]);
  });

  it('is a defect that the reference describes', () => {
    const text = read(`${reference}defects.md`);
    const known = new Set(Array.from(text.matchAll(/^\| (D\d+) \|/gm), ([, number]) => number));
    expect(known.size).toBe(45);
    const unknown = [...cited(/\b(D\d{1,2})\b/g)].filter(([number]) => !known.has(number));
    expect(unknown).toEqual([]);
  });

  it('is a section that the formats have', () => {
    const headings = new Set(
      Array.from(
        read(`${reference}formats.md`).matchAll(/^#{2,3} ([\d.]*\d)\b/gm),
        ([, number]) => number,
      ),
    );
    const sections = cited(/formats\.md (\d+(?:\.\d+)?)/g);
    expect(sections.size).toBeGreaterThan(5);
    expect([...sections].filter(([section]) => !headings.has(section))).toEqual([]);
  });

  it('is in the semantics, word for word', () => {
    const text = read(`${reference}semantics.md`);
    const parts = cited(/\(semantics, "?([A-Z][A-Za-z ]+?)"?[:;,)]/g);
    expect(parts.size).toBeGreaterThan(3);
    expect([...parts].filter(([part]) => !text.includes(part))).toEqual([]);
  });
});
