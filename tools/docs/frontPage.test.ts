import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filesBelow } from '../files/filesBelow.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const frontPage = readFileSync(join(root, 'README.md'), 'utf8');

describe('the README at the root', () => {
  it('has a row for every format', () => {
    const formats = readdirSync(join(root, 'packages/model/src/formats'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(?:_skeleton|testing)$/.test(entry.name))
      .map((entry) => entry.name);
    expect(formats.filter((id) => !frontPage.includes(`| \`${id}\` |`))).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const scripts = /"scripts": \{([^}]*)\}/.exec(readFileSync(join(root, 'package.json'), 'utf8'));
    const uses = frontPage.matchAll(/npm (?:(start|test)\b|run (?:--silent )?([a-z:]+))/g);
    const named = [...uses].map((match) => match[1] ?? match[2] ?? '');
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((name) => scripts?.[1]?.includes(`"${name}":`) !== true)).toEqual([]);
  });

  it('fits one screen', () => {
    expect(frontPage.split('\n').length).toBeLessThanOrEqual(60);
  });
});

describe('links between documents', () => {
  const documents = filesBelow(root).filter((path) => path.endsWith('.md'));

  it.each(documents)('%s links to nothing that is missing', (path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const targets = [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map((match) => match[1] ?? '');
    const missing = targets.filter(
      (target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(path), target)),
    );
    expect(missing).toEqual([]);
  });
});
