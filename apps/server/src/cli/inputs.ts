import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { rotationOrder } from '../intake/rotationOrder.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

/** One log to read: a file, or standard input. */
export interface Input {
  /** What a source is called: the file's name, its path inside a folder, or `stdin`. */
  readonly name: string;
  /** Undefined for standard input and pipes. */
  readonly path: string | undefined;
  readonly sizeBytes: number | undefined;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

const chunkBytes = 256 * 1024;
/** A folder with more files than this was not meant. */
const maxFiles = 10_000;

/**
 * The logs that names on a command line mean, in the order given; `-` is standard input, a folder all files in it and
 * below, in rotation order. Throws `CommandEnd` for what is not there.
 */
export async function findInputs(
  names: readonly string[],
  terminal: Pick<Terminal, 'cwd' | 'input'>,
): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  for (const name of names) {
    if (name === '-') {
      inputs.push({ name: 'stdin', path: undefined, sizeBytes: undefined, chunks: terminal.input });
      continue;
    }
    const path = resolve(terminal.cwd, name);
    const found = await stat(path).catch((error: unknown) => {
      throw new CommandEnd(exitCodes.unusableInput, `${printable(name)}: ${reasonOf(error)}.`);
    });
    if (found.isDirectory()) inputs.push(...(await filesBelow(path, name)));
    else inputs.push(fileInput(path, basename(path), found.isFile() ? found.size : undefined));
  }
  return inputs;
}

async function filesBelow(folder: string, name: string): Promise<Input[]> {
  const paths: string[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of await readdir(next, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) folders.push(join(next, entry.name));
      else if (entry.isFile()) paths.push(relative(folder, join(next, entry.name)));
    }
    if (paths.length > maxFiles) {
      throw new CommandEnd(
        exitCodes.unusableInput,
        `${printable(name)} holds more than ${maxFiles} files. Name the folder with the logs.`,
      );
    }
  }
  if (paths.length === 0) {
    throw new CommandEnd(exitCodes.unusableInput, `${printable(name)} is a folder without files.`);
  }
  const inputs: Input[] = [];
  for (const path of rotationOrder(paths)) {
    const full = join(folder, path);
    inputs.push(fileInput(full, path, (await stat(full)).size));
  }
  return inputs;
}

function fileInput(path: string, name: string, sizeBytes: number | undefined): Input {
  return {
    name,
    path,
    sizeBytes,
    chunks: () => createReadStream(path, { highWaterMark: chunkBytes }),
  };
}

/** What the system says of a file, as a person would: no stack, no call name. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons = new Map([
    ['ENOENT', 'there is no such file'],
    ['EACCES', 'it may not be read'],
    ['EPERM', 'it may not be read'],
    ['EISDIR', 'it is a folder'],
  ]);
  return reasons.get(code) ?? (error instanceof Error ? error.message : String(error));
}
