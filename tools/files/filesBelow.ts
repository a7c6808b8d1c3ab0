import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

const skippedFolders =
  /^(?:node_modules|dist|dist-.*|coverage|test-results|playwright-report|data|\..*)$/;

/**
 * Paths of all files of the house, relative to `root`, sorted, with forward slashes. Folders of
 * built and foreign files, and those whose name begins with a dot, are left out.
 */
export function filesBelow(root: string): string[] {
  const files: string[] = [];
  const folders = [''];
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = posix.join(folder, entry.name);
      if (entry.isFile()) files.push(path);
      else if (entry.isDirectory() && !skippedFolders.test(entry.name)) folders.push(path);
    }
  }
  return files.sort();
}
