import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanFiles, plantedViolations } from './planted.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const house = mkdtempSync(join(tmpdir(), 'forebear-lint-'));
let found = new Map<string, string[]>();

beforeAll(() => {
  copyFileSync(join(root, '.oxlintrc.json'), join(house, '.oxlintrc.json'));
  copyFileSync(join(root, 'tsconfig.base.json'), join(house, 'tsconfig.base.json'));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  write(
    'tsconfig.json',
    JSON.stringify({
      extends: './tsconfig.base.json',
      compilerOptions: { lib: ['ES2024', 'DOM'], types: ['node'], jsx: 'react-jsx' },
      include: ['packages', 'apps', 'vitest.config.ts'],
    }),
  );
  for (const file of [...cleanFiles, ...plantedViolations]) write(file.path, file.source);
  found = lint();
});

afterAll(() => rmSync(house, { recursive: true, force: true }));

describe('lint sees the violations it exists for', () => {
  it.each(plantedViolations)('$rule is reported in $path', ({ path, rule }) => {
    expect(found.get(path) ?? []).toContain(rule);
  });

  it.each(cleanFiles)('nothing is reported in the clean $path', ({ path }) => {
    expect(found.get(path) ?? []).toEqual([]);
  });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), text);
}

/** Runs the real linter with the real configuration; rules by file, named without their plugin. */
function lint(): Map<string, string[]> {
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/oxlint/bin/oxlint'),
      '--format',
      'json',
      'packages',
      'apps',
      'vitest.config.ts',
    ],
    { cwd: house, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const report: unknown = JSON.parse(run.stdout);
  const byFile = new Map<string, string[]>();
  for (const { filename, code } of diagnosticsOf(report)) {
    const rule = /\((.+)\)$/.exec(code)?.[1] ?? code;
    byFile.set(filename, [...(byFile.get(filename) ?? []), rule]);
  }
  return byFile;
}

function diagnosticsOf(report: unknown): { filename: string; code: string }[] {
  if (typeof report !== 'object' || report === null || !('diagnostics' in report)) return [];
  if (!Array.isArray(report.diagnostics)) return [];
  return report.diagnostics.map((entry: { filename?: unknown; code?: unknown }) => ({
    filename: String(entry.filename),
    code: String(entry.code),
  }));
}
