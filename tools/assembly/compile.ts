import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where the source of the compiled code lies, below the repository. */
const SOURCE = 'packages/model/assembly';
/** Characters of a line of the text that the module becomes. */
const LINE = 96;
/** The file that holds the module, below the repository. */
export const target = 'packages/model/src/arena/generated/arenaModule.ts';

const compiler = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
const flags = ['-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd'];

/** The text of the file that holds the module. Throws with the compiler's words when the source does not compile. */
export async function compile(root: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'forebear-assembly-'));
  try {
    for (const name of await readdir(join(root, SOURCE))) {
      if (!name.endsWith('.ts')) continue;
      const text = await readFile(join(root, SOURCE, name), 'utf8');
      // The compiler wants the names of files without their ending.
      await writeFile(join(folder, name), text.replaceAll(/ from '(\.\/\w+)\.ts'/g, " from '$1'"));
    }
    const out = join(folder, 'module.wasm');
    const args = [compiler, 'main.ts', ...flags, '--outFile', out];
    await promisify(execFile)(process.execPath, args, { cwd: folder });
    return fileOf((await readFile(out)).toString('base64'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function fileOf(text: string): string {
  const lines = text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return [
    `// Compiled from ${SOURCE} by \`npm run assembly\`. Do not edit.`,
    'export const arenaModule =',
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
}
