import { MAX_RECORD_BYTES } from '@forebear/model/framing/limits';
import { isCutInTwo } from './isCutInTwo.ts';
import type { Member } from './member.ts';

/** A member of an archive's file, and which file goes on where that one ends. */
export interface OpenedFile {
  readonly member: Member;
  /** Of the file; a member inside an archive inside the archive has a longer one. */
  readonly path: readonly string[];
  /** The path of the next file of the same rotated log, when the archive has it. */
  readonly continuedBy: readonly string[] | undefined;
}

const LF = 10;

/**
 * Passes members on. Where a file ends inside a record whose rest is the first line of the next file of its rotation,
 * that line becomes the end of the earlier file, so that the record is read once, in its place. Every byte is given
 * exactly once; only sound files are joined, and only what is one value together and in neither half.
 *
 * A record longer than a whole file between its ends, or than 16 MiB, is not put together.
 */
export async function* joinCutRecords(files: AsyncGenerator<OpenedFile>): AsyncGenerator<Member> {
  try {
    let current = await openNext(files);
    while (current !== undefined) {
      const reading = new Reading(current, files);
      const chunks = reading.chunks();
      yield { ...current.file.member, startsAt: current.startsAt, chunks };
      await chunks.return(undefined);
      current = await reading.following();
    }
  } finally {
    await files.return(undefined);
  }
}

async function openNext(files: AsyncGenerator<OpenedFile>): Promise<Begun | undefined> {
  const step = await files.next();
  return step.done === true ? undefined : new Begun(step.value);
}

/** One member being read; at its end it looks into the next one. */
class Reading {
  readonly #begun: Begun;
  readonly #files: AsyncGenerator<OpenedFile>;
  #next: { readonly begun: Begun | undefined } | undefined;

  constructor(begun: Begun, files: AsyncGenerator<OpenedFile>) {
    this.#begun = begun;
    this.#files = files;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    const { file } = this.#begun;
    if (file.continuedBy === undefined || !isItself(file)) {
      yield* this.#begun.chunks();
      return;
    }
    const line = new LastLine();
    for await (const chunk of this.#begun.chunks()) {
      line.add(chunk);
      yield chunk;
    }
    const tail = line.bytes();
    if (tail === undefined || file.member.damage().length > 0) return;
    const begun = await openNext(this.#files);
    this.#next = { begun };
    if (begun === undefined || !isContinuation(file, begun.file)) return;
    const head = await begun.takeHead((candidate) => isCutInTwo(tail, candidate));
    if (head !== undefined) yield head;
  }

  async following(): Promise<Begun | undefined> {
    return this.#next === undefined ? openNext(this.#files) : this.#next.begun;
  }
}

/** A member of which the beginning may have been read already. */
class Begun {
  readonly file: OpenedFile;
  readonly #source: AsyncIterator<Uint8Array>;
  #pulled: Uint8Array[] = [];
  #startsAt = 0;

  constructor(file: OpenedFile) {
    this.file = file;
    this.#source = file.member.chunks[Symbol.asyncIterator]();
  }

  get startsAt(): number {
    return this.#startsAt;
  }

  /** Takes the first line with its newline away when it is accepted. */
  async takeHead(accepts: (head: Uint8Array) => boolean): Promise<Uint8Array | undefined> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const step = await this.#source.next();
      if (step.done === true) break;
      this.#pulled.push(step.value);
      const end = step.value.indexOf(LF);
      parts.push(end < 0 ? step.value : step.value.subarray(0, end + 1));
      size += parts.at(-1)?.length ?? 0;
      if (size > MAX_RECORD_BYTES) return undefined;
      if (end >= 0) break;
    }
    const head = Buffer.concat(parts);
    if (!accepts(head)) return undefined;
    // All chunks but the last one are the line's.
    const last = this.#pulled.at(-1);
    const rest = last?.subarray(parts.at(-1)?.length ?? 0);
    this.#pulled = rest === undefined || rest.length === 0 ? [] : [rest];
    this.#startsAt = head.length;
    return head;
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    yield* this.#pulled.splice(0);
    yield* { [Symbol.asyncIterator]: () => this.#source };
  }
}

/** What follows the last newline of the bytes added. */
class LastLine {
  #parts: Uint8Array[] = [];
  #size = 0;

  add(chunk: Uint8Array): void {
    const newline = chunk.lastIndexOf(LF);
    if (newline >= 0) {
      this.#parts = [];
      this.#size = 0;
    }
    this.#size += chunk.length - newline - 1;
    if (this.#size > MAX_RECORD_BYTES) this.#parts = [];
    // Copied: the chunk is the reader's from now on.
    else this.#parts.push(new Uint8Array(chunk.subarray(newline + 1)));
  }

  /** Undefined when there is nothing, or more than a record may have. */
  bytes(): Uint8Array | undefined {
    if (this.#size === 0 || this.#size > MAX_RECORD_BYTES) return undefined;
    return Buffer.concat(this.#parts);
  }
}

function isItself({ member, path }: OpenedFile): boolean {
  return member.path.length === path.length;
}

function isContinuation({ continuedBy }: OpenedFile, next: OpenedFile): boolean {
  const { part, path } = next.member;
  return isItself(next) && part === 1 && path.at(-1) === continuedBy?.at(-1);
}
