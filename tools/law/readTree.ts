import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../files/filesBelow.ts';
import type { SourceTree } from './checkImports.ts';
import { isSourceFile } from './resolveImport.ts';

/** Reads the text of every source file below `root`, sorted by path, and lists the other files. */
export function readTree(root: string): SourceTree {
  const sources = new Map<string, string>();
  const assets = new Set<string>();
  for (const path of filesBelow(root)) {
    if (isSourceFile(path)) sources.set(path, readFileSync(join(root, path), 'utf8'));
    else assets.add(path);
  }
  return { sources, assets };
}
