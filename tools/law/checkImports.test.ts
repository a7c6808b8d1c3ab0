import { describe, expect, it } from 'vitest';
import { checkImports, type LawReport } from './checkImports.ts';
import { importLaw, type Room } from './importLaw.ts';

const graph = 'packages/model/src/graph/forest.ts';
const clean: Record<string, string> = {
  'packages/model/src/event/time.ts': 'export const zero = 0n;',
  'packages/model/src/framing/frameRecords.ts': 'export const limit = 1;',
  'packages/model/src/formats/format.ts': "import type { zero } from '../event/time.ts';",
  'packages/model/src/formats/falco/decode.ts': 'export const falco = 1;',
  'packages/model/src/formats/tetragon/decode.ts': "import { falco } from './names.ts';",
  'packages/model/src/formats/tetragon/names.ts': 'export const falco = 1;',
  [graph]: "import { zero } from '../event/time.ts';\nexport const forest = zero;",
  'packages/model/src/graph/forest.test.ts':
    "import { readFileSync } from 'node:fs';\nimport { it } from 'vitest';\nimport './forest.ts';",
  'apps/server/src/store/ports.ts': "import type { zero } from '@forebear/model/event/time';",
  'apps/server/src/store/sqlite/layout/open.ts': "import Database from 'better-sqlite3';",
  'apps/server/src/http/app.ts': "import Fastify from 'fastify';\nimport '../store/ports.ts';",
  'apps/web/src/paint/paintTree.ts': "import './paintTree.css';",
  'apps/web/src/paint/paintTree.css': '',
};

describe('the import law', () => {
  it('passes a tree that keeps it, and says how much it read', () => {
    const report = check({});
    expect(report.violations).toEqual([]);
    expect(report.files).toBe(12);
    expect(report.imports).toBe(11);
  });

  it.each([
    ['a static import', "import { limit } from '../framing/frameRecords.ts';"],
    ['a side-effect import', "import '../framing/frameRecords.ts';"],
    ['a type-only import', "import type { limit } from '../framing/frameRecords.ts';"],
    ['an inline type import', "import { type limit } from '../framing/frameRecords.ts';"],
    ['a re-export', "export { limit } from '../framing/frameRecords.ts';"],
    ['a re-export of everything', "export * from '../framing/frameRecords.ts';"],
    ['a re-exported type', "export type { limit } from '../framing/frameRecords.ts';"],
    ['a dynamic import', "export const l = await import('../framing/frameRecords.ts');"],
    ['a dynamic import in a template', 'export const l = import(`../framing/frameRecords.ts`);'],
    ['an import type', "export type L = typeof import('../framing/frameRecords.ts').limit;"],
    ['a require', "export const l = require('../framing/frameRecords.ts');"],
    ['an import by package path', "import '@forebear/model/framing/frameRecords';"],
    ['a worker by URL', "new URL('../framing/frameRecords.ts', import.meta.url);"],
    ['a worker by built URL', "new URL('../framing/frameRecords.js', import.meta.url);"],
    ['a worker by query', "import url from '../framing/frameRecords.ts?worker&url';"],
    ['a resolved path', "export const u = import.meta.resolve('../framing/frameRecords.ts');"],
    ['a reference path', '/// <reference path="../framing/frameRecords.ts" />'],
  ])('catches %s into a room that is not allowed', (_name, code) => {
    expect(codes(check({ [graph]: code }))).toEqual([`${graph}:1 room_not_allowed`]);
  });

  it('names the two rooms and the line', () => {
    const { violations } = check({ [graph]: "\n\nimport '../framing/frameRecords.ts';" });
    expect(violations[0]?.line).toBe(3);
    expect(violations[0]?.message).toContain('model/graph may not import model/framing');
  });

  it.each([
    ['node: in the model', graph, "import { readFileSync } from 'node:fs';", 'builtin_not_allowed'],
    ['a bare built-in in the model', graph, "import 'fs/promises';", 'builtin_not_allowed'],
    [
      'node:process outside main',
      'apps/server/src/http/app.ts',
      "import process from 'node:process';",
      'builtin_not_allowed',
    ],
    ['an npm package of another room', graph, "import { z } from 'zod';", 'package_not_allowed'],
    ['a scoped npm package', graph, "import '@fastify/static';", 'package_not_allowed'],
    ['a path inside a package', graph, "import 'react/jsx-runtime';", 'package_not_allowed'],
    [
      'a types reference',
      graph,
      '/// <reference types="node" />\nexport {};',
      'package_not_allowed',
    ],
    ['the root of the model', graph, "import '@forebear/model';", 'package_not_allowed'],
    ['the server from the model', graph, "import '@forebear/server/main';", 'package_not_allowed'],
    ['a computed import', graph, 'export const x = (n: string) => import(n);', 'unjudgeable'],
    ['a computed worker', graph, 'new URL(`./${name}.ts`, import.meta.url);', 'unjudgeable'],
    ['a glob', graph, "export const all = import.meta.glob('../**');", 'unjudgeable'],
    ['a file that does not parse', graph, 'import { from;', 'unjudgeable'],
    ['a path without its ending', graph, "import '../event/time';", 'resolves_nowhere'],
    ['a missing file', graph, "import '@forebear/model/event/gone';", 'resolves_nowhere'],
    [
      'one format in another',
      'packages/model/src/formats/tetragon/decode.ts',
      "import { falco } from '../falco/decode.ts';",
      'room_not_allowed',
    ],
    [
      'an adapter in http',
      'apps/server/src/http/app.ts',
      "import '../store/sqlite/layout/open.ts';",
      'room_not_allowed',
    ],
    ['a test in the product', graph, "import './forest.test.ts';", 'room_not_allowed'],
  ])('catches %s', (_name, file, code, expected) => {
    expect(codes(check({ [file]: code })).map((text) => text.split(' ')[1])).toContain(expected);
  });

  it.each([
    'packages/model/src/stray.ts',
    'packages/model/src/drawer/stray.ts',
    'apps/server/src/stray.ts',
    'stray.mjs',
  ])('treats %s, a file in no room, as a violation', (path) => {
    expect(codes(check({ [path]: '' }))).toEqual([`${path}:0 no_room`]);
  });

  it('finds circles of files, once each, also inside one room and through types', () => {
    const report = check({
      'packages/model/src/graph/a.ts': "import './b.ts';",
      'packages/model/src/graph/b.ts': "export * from './c.ts';",
      'packages/model/src/graph/c.ts': "import type { A } from './a.ts';",
      'packages/model/src/graph/self.ts': "import './self.ts';",
    });
    const circles = report.violations.map(({ code, message }) => `${code} ${message}`);
    expect(circles).toHaveLength(2);
    expect(circles[0]).toMatch(/^cycle .*graph\/a\.ts -> .*b\.ts -> .*c\.ts -> .*graph\/a\.ts$/);
    expect(circles[1]).toMatch(/^cycle .*self\.ts -> .*self\.ts$/);
  });

  it('follows a chain of 20,000 files without growing the call stack', () => {
    const chain: Record<string, string> = {};
    for (let n = 0; n < 20_000; n += 1) {
      chain[`packages/model/src/event/e${n}.ts`] = `import './e${(n + 1) % 20_000}.ts';`;
    }
    expect(codes(check(chain))).toEqual(['packages/model/src/event/e0.ts:0 cycle']);
  });

  it('lets tests compute the address of a fixture, and everybody name a folder', () => {
    const report = check({
      'packages/model/src/graph/f.test.ts': 'new URL(`./fixtures/${name}`, import.meta.url);',
      'apps/server/src/http/page.ts': "new URL('../../public/', import.meta.url);",
    });
    expect(report.violations).toEqual([]);
  });

  it('reports that it read nothing when there is nothing', () => {
    const report = checkImports({ sources: new Map(), assets: new Set() }, importLaw);
    expect(report.files).toBe(0);
  });
});

describe('a permission that no file needs', () => {
  const rows: readonly Room[] = [
    row('web/view', { imports: ['web/kit', 'web/url'], npm: ['react', 'zod'], node: 'files' }),
    row('web/url', { imports: ['web/**'], npm: ['@fontsource/*', '*'] }),
    row('web/kit', {}),
  ];
  const used = {
    'view/a.ts': "import '../kit/a.ts';\nimport '../url/a.ts';\nimport 'react';\nimport 'zod';",
    'view/b.ts': "import 'node:fs';",
    'url/a.ts': "import '../kit/a.ts';\nimport '@fontsource/inter';",
    'kit/a.ts': '',
  };

  it('is not reported while a file needs it', () => {
    expect(unused(used)).toEqual([]);
  });

  it.each([
    [
      'a room',
      { 'view/a.ts': "import '../kit/a.ts';\nimport 'react';\nimport 'zod';" },
      'web/view may import web/url, and no file of it does',
    ],
    [
      'many rooms',
      { 'url/a.ts': "import './b.ts';\nimport '@fontsource/inter';", 'url/b.ts': '' },
      'web/url may import web/**, and no file of it does',
    ],
    [
      'a package',
      { 'view/a.ts': "import '../kit/a.ts';\nimport '../url/a.ts';\nimport 'react';" },
      'web/view may use the npm zod, and no file of it does',
    ],
    [
      'a scope of packages',
      { 'url/a.ts': "import '../kit/a.ts';\nimport 'react';" },
      'web/url may use the npm @fontsource/*, and no file of it does',
    ],
    ["Node's own modules", { 'view/b.ts': '' }, 'web/view may use node:, and no file of it does'],
  ])('is caught when it is for %s', (_name, planted, expected) => {
    expect(unused({ ...used, ...planted })).toEqual([expected]);
  });

  it('is not needed by a file that may import its own room anyway', () => {
    const own = [row('web/kit', { imports: ['web/kit'] })];
    expect(unused({ 'kit/a.ts': "import './b.ts';", 'kit/b.ts': '' }, own)).toHaveLength(1);
  });

  function row(name: string, rest: Partial<Room>): Room {
    const files = [`apps/${name.replace('/', '/src/')}/**`];
    return { name, files, imports: [], npm: [], node: 'none', ...rest };
  }

  function unused(files: Record<string, string>, law = rows): readonly string[] {
    const sources = new Map<string, string>();
    for (const [path, text] of Object.entries(files)) sources.set(`apps/web/src/${path}`, text);
    const tree = { sources, assets: new Set<string>() };
    return checkImports(tree, law).unused;
  }
});

describe('the law itself', () => {
  it('names no room that does not exist', () => {
    const names = new Set(importLaw.map(({ name }) => name));
    const unknown = importLaw.flatMap(({ imports }) =>
      imports.filter((entry) => !entry.endsWith('/**') && !names.has(entry)),
    );
    expect(unknown).toEqual([]);
  });

  it('keeps Node, and all packages but zod, out of the model', () => {
    const rooms = importLaw.filter(({ name }) => /^model\/(?!tests)/.test(name));
    expect(rooms.filter(({ node }) => node !== 'none')).toEqual([]);
    expect(new Set(rooms.flatMap(({ npm }) => npm))).toEqual(new Set(['zod']));
  });

  it('has no room that may import its importer, directly or round about', () => {
    const drawn = importLaw.filter(({ imports }) => !imports.some((to) => to.endsWith('/**')));
    expect(drawn.filter((from) => reaches(from, from.name, drawn)).map(({ name }) => name)).toEqual(
      [],
    );
  });
});

function check(planted: Record<string, string>): LawReport {
  const files = Object.entries({ ...clean, ...planted });
  return checkImports(
    {
      sources: new Map(files.filter(([path]) => !path.endsWith('.css'))),
      assets: new Set(files.map(([path]) => path).filter((path) => path.endsWith('.css'))),
    },
    importLaw,
  );
}

function codes(report: LawReport): string[] {
  return report.violations.map(({ file, line, code }) => `${file}:${line} ${code}`);
}

function reaches(from: Room, goal: string, rooms: readonly Room[]): boolean {
  const seen = new Set<string>(from.imports);
  for (const name of seen) {
    for (const next of rooms.find((room) => room.name === name)?.imports ?? []) seen.add(next);
  }
  return seen.has(goal);
}
