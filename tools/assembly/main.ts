import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, target } from './compile.ts';

const root = join(import.meta.dirname, '../..');
writeFileSync(join(root, target), await compile(root));
process.stdout.write(`${target}\n`);
