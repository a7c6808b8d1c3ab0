import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { checkImports } from './checkImports.ts';
import { importLaw } from './importLaw.ts';
import { printPicture } from './printPicture.ts';
import { readTree } from './readTree.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

if (process.argv.includes('--write-picture')) {
  writeFileSync(join(root, 'docs/rooms.md'), printPicture(importLaw));
  console.log('law: docs/rooms.md written');
}

const report = checkImports(readTree(root), importLaw);
for (const { file, line, code, message } of report.violations) {
  console.error(`${file}:${line}: ${code}: ${message}`);
}
for (const sentence of report.unused) console.error(`tools/law/importLaw.ts: unused: ${sentence}`);
if (report.files === 0) console.error('law: no source file was found, so nothing was checked');
console.log(
  `law: ${report.files} files, ${report.imports} imports, ${report.violations.length} violations, ${report.unused.length} unused permissions`,
);
const broken = report.violations.length + report.unused.length;
if (broken > 0 || report.files === 0) process.exitCode = 1;
