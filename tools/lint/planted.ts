/** A file that breaks exactly one rule of the house, and the rule that must say so. */
export interface Planted {
  readonly rule: string;
  /** Where the file would lie in the tree: some rules hold in some rooms only. */
  readonly path: string;
  readonly source: string;
}

const model = 'packages/model/src/graph/';
const server = 'apps/server/src/http/';
const web = 'apps/web/src/features/tree/';

let count = 0;

/** One planted violation per rule we rely on; the number in the path is the entry's own. */
export const plantedViolations: readonly Planted[] = [
  plant('no-explicit-any', model, 'export const a = (x: any): number => (x === 1 ? 1 : 2);'),
  plant('no-non-null-assertion', model, 'export const a = (x: string[]): string => x[0]!;'),
  plant('no-floating-promises', server, 'export function a(p: Promise<void>): void {\n  p;\n}'),
  plant(
    'no-misused-promises',
    server,
    'export const a = (p: Promise<boolean>): number => (p ? 1 : 2);',
  ),
  plant(
    'await-thenable',
    server,
    'export async function a(n: number): Promise<number> {\n  return await n;\n}',
  ),
  plant(
    'switch-exhaustiveness-check',
    model,
    "export function a(k: 'x' | 'y'): void {\n  switch (k) {\n    case 'x':\n      break;\n  }\n}",
  ),
  plant(
    'consistent-type-imports',
    model,
    "import { Planted } from './other.ts';\nexport const a = (p: Planted): string => p.rule;",
  ),
  plant(
    'no-import-type-side-effects',
    model,
    "import { type Planted } from './other.ts';\nexport const a = (p: Planted): string => p.rule;",
  ),
  plant('max-lines', model, `export const a = 1;\n${'// one more line\n'.repeat(400)}`),
  plant('no-default-export', server, 'export default 1;'),
  plant('no-nested-ternary', model, 'export const a = (n: number) => (n > 0 ? 1 : n < 0 ? 2 : 3);'),
  plant('ban-ts-comment', model, "// @ts-ignore\nexport const a: number = 'x';"),
  plant('ban-ts-comment', model, "// @ts-expect-error\nexport const a: number = 'x';"),
  plant(
    'consistent-type-assertions',
    model,
    'export const a = (x: unknown): string => x as string;',
  ),
  plant('no-unsafe-return', server, 'export const a = (s: string): string => JSON.parse(s);'),
  plant(
    'no-unsafe-assignment',
    server,
    'export const a = (s: string): void => {\n  const b: string = JSON.parse(s);\n  void b;\n};',
  ),
  plant(
    'no-unsafe-member-access',
    server,
    'export const a = (s: string): unknown => JSON.parse(s).b;',
  ),
  plant('no-restricted-properties', model, 'export const a = (): number => Date.now();'),
  plant('no-restricted-properties', model, 'export const a = (): number => Math.random();'),
  plant('no-restricted-properties', server, 'export const a = (): number => Date.now();'),
  plant('no-restricted-globals', model, "export const a = (): string => process.cwd() + 'x';"),
  plant('no-restricted-globals', model, 'export const a = (): unknown => Buffer.alloc(1);'),
  plant('no-restricted-globals', model, 'export const a = (): number => performance.now();'),
  plant('no-restricted-globals', server, 'export const a = (): string => process.cwd();'),
  plant(
    'no-restricted-globals',
    'apps/server/src/store/sqlite/',
    'export const a = (): string => process.cwd();',
  ),
  plant(
    'no-restricted-imports',
    model,
    "import { readFileSync } from 'node:fs';\nexport { readFileSync };",
  ),
  plant(
    'no-restricted-properties',
    web,
    'export function a(e: Element, s: string): void {\n  e.innerHTML = s;\n}',
  ),
  plant(
    'no-restricted-properties',
    web,
    "export function a(e: Element, s: string): void {\n  e.insertAdjacentHTML('beforeend', s);\n}",
  ),
  plant(
    'no-danger',
    web,
    'export const A = () => <b dangerouslySetInnerHTML={{ __html: "x" }} />;',
  ),
  plant(
    'rules-of-hooks',
    web,
    "import { useState } from 'react';\nexport function A(p: { on: boolean }) {\n  if (p.on) useState(1);\n  return <b />;\n}",
  ),
  plant('alt-text', web, 'export const A = () => <img src="/x.png" />;'),
  plant('no-console', model, "export const a = (): void => console.log('x');"),
  plant('eqeqeq', model, 'export const a = (x: unknown): boolean => x == 1;'),
  plant(
    'no-accumulating-spread',
    model,
    'export const a = (l: number[]): number[] => l.reduce<number[]>((m, n) => [...m, n], []);',
  ),
  plant(
    'no-focused-tests',
    model,
    "import { it } from 'vitest';\nit.only('x', () => {});",
    '.test.ts',
  ),
  plant('only-throw-error', model, "export function a(): never {\n  throw 'x';\n}"),
  plant(
    'return-await',
    server,
    'export async function a(p: Promise<void>): Promise<void> {\n  try {\n    return p;\n  } finally {\n    b();\n  }\n}\nfunction b(): void {}',
  ),
];

/** What must stay quiet: the same house, kept well. */
export const cleanFiles: readonly Pick<Planted, 'path' | 'source'>[] = [
  { path: `${model}other.ts`, source: 'export interface Planted {\n  readonly rule: string;\n}\n' },
  {
    path: `${model}clean.ts`,
    source:
      "import type { Planted } from './other.ts';\n\nexport function ruleOf(planted: Planted): string {\n  return planted.rule;\n}\n",
  },
  {
    path: 'apps/server/src/main.ts',
    source: 'export const startedAt: number = Date.now();\nexport const home = process.env.HOME;\n',
  },
  { path: 'vitest.config.ts', source: 'export default { test: {} };\n' },
  { path: `${web}Clean.tsx`, source: 'export const Clean = () => <b>clean</b>;\n' },
];

function plant(rule: string, room: string, source: string, ending?: string): Planted {
  count += 1;
  const extension = ending ?? (room === web ? '.tsx' : '.ts');
  return { rule, path: `${room}planted${count}${extension}`, source: `${source}\n` };
}
