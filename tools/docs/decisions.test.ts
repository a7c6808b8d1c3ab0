import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../docs/adr/', import.meta.url);
const list = readFileSync(new URL('README.md', folder), 'utf8');
const decisions = readdirSync(folder).filter((name) => name !== 'README.md');

describe('the decisions in docs/adr', () => {
  it('are numbered without a gap', () => {
    const numbers = decisions.map((name) => /^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1]);
    const expected = decisions.map((_, at) => String(at + 1).padStart(4, '0'));
    expect(numbers).toEqual(expected);
  });

  it.each(decisions)('%s is in the list, under its own title, and has every part', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const title = /^# \d{4} (.+)$/m.exec(text)?.[1] ?? 'no title';
    expect(list).toContain(`(${name})`);
    expect(list).toContain(title);
    for (const part of ['Status: ', 'Date: ']) expect(text).toContain(part);
    for (const part of ['Context', 'Decision', 'Consequences', 'Alternatives']) {
      expect(text).toContain(`\n## ${part}\n`);
    }
  });
});
