import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { filesBelow } from '../files/filesBelow.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const frontPage = readFileSync(join(root, 'README.md'), 'utf8');

const formats = 'packages/model/src/formats';

/** The ids of the list in the registry, in its order, which is alphabetical. */
function registeredFormats(): readonly string[] {
  const text = readFileSync(join(root, formats, 'registry.ts'), 'utf8');
  const [, list = ''] = /readonly Format\[\] = \[([^\]]*)\]/.exec(text) ?? [];
  return list.match(/\w+/g) ?? [];
}

function titleOf(id: string): string {
  const text = readFileSync(join(root, formats, id, `${id}.ts`), 'utf8');
  const [, title = ''] = /^ {2}title: '([^']+)',$/m.exec(text) ?? [];
  return title;
}

/** The rows of the first table behind a heading, as cells. */
function tableBelow(heading: string): readonly (readonly string[])[] {
  const lines = frontPage.slice(frontPage.indexOf(`${heading}\n`)).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const end = lines.findIndex((line, index) => index > first && !line.startsWith('|'));
  return lines.slice(first + 2, end).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

describe('the README at the root', () => {
  it('has one row for each registered format, and none for another', () => {
    const rows = tableBelow('## What it reads').map(([, id = '']) => id);
    expect(rows.toSorted()).toEqual(registeredFormats().map((id) => `\`${id}\``));
    const folders = readdirSync(join(root, formats), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(?:_skeleton|testing)$/.test(entry.name))
      .map((entry) => entry.name);
    expect(folders.toSorted()).toEqual(registeredFormats());
  });

  it('calls each format what the program calls it, and says what of it is read', () => {
    const rows = tableBelow('## What it reads').map(([name = '', id = '', content = '']) => {
      const title = titleOf(id.slice(1, -1));
      return [id, name.slice(0, title.length) || 'no title', content.length > 20];
    });
    const expected = rows.map(([id]) => [id, titleOf(String(id).slice(1, -1)), true]);
    expect(rows).toEqual(expected);
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
