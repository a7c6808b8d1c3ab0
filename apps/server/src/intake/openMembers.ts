import { Budget } from './budget.ts';
import { ByteReader } from './byteReader.ts';
import { coalesce } from './coalesce.ts';
import type { Decoded, NoteDamage } from './decoded.ts';
import type { FileEntry } from './entry.ts';
import { expandEntry } from './expand.ts';
import { gunzip } from './gunzip.ts';
import { joinCutRecords, type OpenedFile } from './joinCutRecords.ts';
import { Ledger } from './ledger.ts';
import { listTar } from './listTar.ts';
import { listZip } from './listZip.ts';
import type { Damage, Intake, IntakeOptions, LayerKind, Member, SkipReason } from './member.ts';
import { continuesRotation, sortByRotation } from './rotationOrder.ts';
import { SNIFF_BYTES, sniffMagic } from './sniffMagic.ts';
import { Spool } from './spool.ts';
import { unzstd } from './unzstd.ts';

/** Layers that may lie in one another, e.g. gzip(tar(gzip)) is three. */
const MAX_DEPTH = 4;
const CHUNK_BYTES = 256 * 1024;
const GIB = 1024 ** 3;

/** What is handed down while one intake is opened layer by layer. */
interface Opening {
  readonly options: IntakeOptions;
  readonly budget: Budget;
  readonly ledger: Ledger;
}

/** Which file of which layer is being read. */
interface Place {
  readonly path: readonly string[];
  readonly layers: readonly LayerKind[];
  readonly part: number;
  /** Damage of this file, all its parts. */
  readonly damages: Damage[];
  /**
   * Set once the content turned out to be an archive. Then what follows a hole is read on in one: the archive's own
   * structure shows where it continues.
   */
  readonly archive: { seen: boolean };
}

/**
 * Turns bytes as received into log files: decompressed, taken out of their archives, in rotation order.
 *
 * Pulls only when pulled from. Archives are spooled to disk first, since their order is arbitrary. Everything opened
 * is closed and every spool removed when the iteration ends, is left, or throws.
 *
 * @param source read once; its chunks must not be written to afterwards, nor read when they are given away (`ownsChunks`). What it throws comes out after the bytes it
 *   gave; the signal's reason comes out at once.
 */
export function openMembers(source: AsyncIterable<Uint8Array>, options: IntakeOptions): Intake {
  const reader = new ByteReader(source, options.signal, options.ownsChunks);
  const limits = {
    maxBytes: options.maxBytes ?? 20 * GIB,
    maxRatio: options.maxRatio ?? 200,
    maxEntries: options.maxEntries ?? 10_000,
    maxSpoolBytes: options.maxSpoolBytes ?? 20 * GIB,
  };
  const ledger = new Ledger();
  const opening = { options, ledger, budget: new Budget(limits, () => reader.pulled) };
  const members = openBytes(opening, reader, {
    path: [options.name],
    layers: [],
    part: 1,
    damages: [],
    archive: { seen: false },
  });
  return {
    [Symbol.asyncIterator]: () => members,
    damage: () => ledger.damages,
    skipped: () => ledger.skipped,
    unlisted: () => ledger.unlisted,
  };
}

async function* openBytes(
  opening: Opening,
  reader: ByteReader,
  place: Place,
): AsyncGenerator<Member> {
  const skip = (reason: SkipReason, detail: string): void =>
    opening.ledger.skip({ path: place.path, reason, detail });
  try {
    const magic = sniffMagic(await reader.peek(SNIFF_BYTES));
    if (magic.kind === 'plain') {
      yield* openPlain(reader, place);
    } else if (magic.kind === 'unsupported') {
      skip('unsupported_compression', magic.name);
    } else if (place.layers.length >= MAX_DEPTH) {
      skip('too_deep', `${magic.kind} inside ${place.layers.join(', ')}`);
    } else if (magic.kind === 'gzip' || magic.kind === 'zstd') {
      const decode = magic.kind === 'gzip' ? gunzip : unzstd;
      const inner = { ...place, layers: [...place.layers, magic.kind] };
      yield* openParts(opening, reader, inner, (note) => decode(reader, note));
    } else {
      place.archive.seen = true;
      yield* openArchive(opening, reader, magic.kind, place);
    }
  } finally {
    await reader.close();
  }
}

async function* openPlain(reader: ByteReader, place: Place): AsyncGenerator<Member> {
  const { path, layers, part, damages } = place;
  const received = rest(reader);
  const chunks = layers.length === 0 ? received : coalesce(received, CHUNK_BYTES);
  yield {
    name: path.at(-1) ?? '',
    path,
    layers,
    part,
    startsAt: 0,
    chunks,
    damage: () => damages.filter((damage) => damage.part === part),
  };
  await chunks.return(undefined);
}

async function* rest(reader: ByteReader): AsyncGenerator<Uint8Array> {
  for (;;) {
    const chunk = await reader.take(CHUNK_BYTES);
    if (chunk === undefined) return;
    yield chunk;
    reader.release(chunk);
  }
}

/** Opens what a decompressor gives, each run of contiguous bytes as a part of its own. */
async function* openParts(
  opening: Opening,
  reader: ByteReader,
  place: Place,
  start: (note: NoteDamage) => AsyncGenerator<Decoded>,
): AsyncGenerator<Member> {
  const depth = place.layers.length - 1;
  const layer = place.layers[depth] ?? 'gzip';
  let part = place.part;
  const note: NoteDamage = (kind, compressedOffset, reason) => {
    const damage = { kind, layer, path: place.path, part, compressedOffset, reason };
    if (opening.ledger.note(damage)) place.damages.push(damage);
  };
  const decoded = start(note);
  let hole = false;
  async function* run(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const step = await decoded.next();
      if (step.done === true) return;
      if (step.value.kind === 'hole') {
        if (place.archive.seen) continue;
        hole = true;
        return;
      }
      const { bytes } = step.value;
      // A tar gives back what was spooled; a zip may list the same bytes ten thousand times.
      const excess = layer === 'tar' ? undefined : opening.budget.decode(depth, bytes.length);
      if (excess !== undefined) {
        note('bomb', reader.offset, excess);
        return;
      }
      yield bytes;
    }
  }
  try {
    do {
      hole = false;
      yield* openBytes(opening, new ByteReader(run()), { ...place, part });
      part++;
    } while (hole);
  } finally {
    await decoded.return(undefined);
  }
}

async function* openArchive(
  opening: Opening,
  reader: ByteReader,
  kind: 'tar' | 'zip',
  place: Place,
): AsyncGenerator<Member> {
  const { budget, ledger, options } = opening;
  const { path, part } = place;
  const layers = [...place.layers, kind];
  const note: NoteDamage = (damage, compressedOffset, reason) =>
    ledger.note({ kind: damage, layer: kind, path, part, compressedOffset, reason });
  const spool = await Spool.create(options.spoolDir);
  try {
    const failure = await fillSpool(opening, spool, reader, note);
    const entries = await listFiles(opening, spool, kind, path, note);
    const files = sortByRotation(entries, (file) => file.name);
    yield* joinCutRecords(openFiles(opening, spool, files, { ...place, layers }));
    if (failure !== undefined) throw failure.error;
  } finally {
    budget.unspool(spool.size);
    await spool.close();
  }
}

/** Opens the files of an archive one after another, each with the path of the file that goes on where it ends. */
async function* openFiles(
  opening: Opening,
  spool: Spool,
  files: readonly FileEntry[],
  { path, layers }: Pick<Place, 'path' | 'layers'>,
): AsyncGenerator<OpenedFile> {
  const { options, budget } = opening;
  for (const [index, entry] of files.entries()) {
    const file = {
      path: [...path, entry.name],
      layers,
      part: 1,
      damages: [],
      archive: { seen: false },
    };
    const following = files[index + 1]?.name;
    const continuedBy =
      following !== undefined && continuesRotation(entry.name, following)
        ? [...path, following]
        : undefined;
    const stored = new ByteReader(spool.slice(entry.start, entry.length), options.signal);
    try {
      const members = openParts(opening, stored, file, (noted) =>
        expandEntry(stored, entry, noted),
      );
      for await (const member of members) yield { member, path: file.path, continuedBy };
    } finally {
      await stored.close();
    }
    if (budget.spent(layers.length - 1)) break;
  }
}

/** Writes the archive to disk as far as it comes and fits; returns what the source threw instead of its end. */
async function fillSpool(
  opening: Opening,
  spool: Spool,
  reader: ByteReader,
  note: NoteDamage,
): Promise<{ readonly error: unknown } | undefined> {
  for (;;) {
    let chunk: Uint8Array | undefined;
    try {
      chunk = await reader.take(CHUNK_BYTES);
    } catch (error) {
      opening.options.signal?.throwIfAborted();
      return { error };
    }
    if (chunk === undefined) return undefined;
    if (!opening.budget.spool(chunk.length)) {
      note('spool_full', spool.size, 'the archive needs more temporary disk than is allowed');
      return undefined;
    }
    const before = spool.size;
    const written = await spool.append(chunk);
    if (written !== 'written') {
      opening.budget.unspool(before + chunk.length - spool.size);
      note('spool_full', spool.size, `the temporary disk is full (${written})`);
      return undefined;
    }
  }
}

async function listFiles(
  opening: Opening,
  spool: Spool,
  kind: 'tar' | 'zip',
  path: readonly string[],
  note: NoteDamage,
): Promise<readonly FileEntry[]> {
  const files: FileEntry[] = [];
  for await (const listed of kind === 'tar' ? listTar(spool) : listZip(spool)) {
    opening.options.signal?.throwIfAborted();
    if (listed.kind === 'damage') {
      note(listed.damage, listed.offset, listed.reason);
      continue;
    }
    if (!opening.budget.enter()) {
      note('too_many_entries', spool.size, `more than ${files.length} files and entries`);
      break;
    }
    if (listed.kind === 'file') files.push(listed);
    else {
      const { name, reason, detail } = listed;
      opening.ledger.skip({ path: [...path, name], reason, detail });
    }
  }
  return files;
}
