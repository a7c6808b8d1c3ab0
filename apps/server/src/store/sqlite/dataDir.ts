import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { kill } from 'node:process';
import { caseName } from '@forebear/model/wire/cases';

const lockName = 'forebear.lock';
const scratchName = 'scratch';

/** Says that another living process writes this data directory. */
export class DataDirHeld extends Error {
  constructor(dir: string, pid: number) {
    super(`${dir} is in use by process ${pid}.`);
  }
}

/** One data directory: `cases/<name>.db` each, the lock that keeps a second writer out, and `scratch` that no start finds again. */
export class DataDir {
  readonly #dir: string;
  readonly #pid: number;

  /** Takes the lock, also from a process that has died. Throws `DataDirHeld`. */
  constructor(dir: string, pid: number) {
    this.#dir = dir;
    this.#pid = pid;
    mkdirSync(join(dir, 'cases'), { recursive: true, mode: 0o700 });
    for (let tries = 0; ; tries += 1) {
      if (this.#take()) break;
      const holder = holderOf(dir);
      if (holder !== undefined && isAlive(holder)) throw new DataDirHeld(dir, holder);
      if (tries > 0) throw new Error(`${join(dir, lockName)} cannot be taken`);
      rmSync(join(dir, lockName), { force: true });
    }
    // What a process has left that was killed.
    rmSync(join(dir, scratchName), { recursive: true, force: true });
  }

  release(): void {
    if (holderOf(this.#dir) === this.#pid) rmSync(join(this.#dir, lockName), { force: true });
  }

  /** The file of a case. The name has been checked: it is a file name and nothing else. */
  pathOf(name: string): string {
    return join(this.#dir, 'cases', `${name}.db`);
  }

  /** The names of the cases that are there, sorted. */
  async names(): Promise<string[]> {
    const files = await readdir(join(this.#dir, 'cases'));
    return files
      .filter((file) => file.endsWith('.db'))
      .map((file) => file.slice(0, -3))
      .filter((name) => caseName.safeParse(name).success)
      .sort();
  }

  /** A new folder for what need not last. */
  async makeScratch(): Promise<string> {
    await mkdir(join(this.#dir, scratchName), { recursive: true, mode: 0o700 });
    return mkdtemp(join(this.#dir, scratchName, 'case-'));
  }

  async remove(name: string): Promise<void> {
    for (const ending of ['', '-wal', '-shm'])
      await rm(`${this.pathOf(name)}${ending}`, { force: true });
  }

  #take(): boolean {
    try {
      writeFileSync(join(this.#dir, lockName), `${this.#pid}\n`, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    }
  }
}

/** The process that holds a data directory, dead or alive; undefined: nobody, or the lock says nothing. */
function holderOf(dir: string): number | undefined {
  try {
    const match = /^(\d{1,10})\s*$/.exec(readFileSync(join(dir, lockName), 'utf8'));
    return match === null ? undefined : Number(match[1]);
  } catch {
    return undefined;
  }
}

/** Whether a process with this number lives; one that we may not signal does. */
function isAlive(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
