import { randomBytes } from 'node:crypto';
import { type Dialect, dialectOf } from '@forebear/model/event/dialects';
import type { FactBatch, SightingColumns } from '@forebear/model/event/factBatch';
import type { BatchStrings } from './batchStrings.ts';
import type { KnownHabitat } from './face.ts';
import type { HabitatTable } from './habitatTable.ts';

/** What nobody outside knows, so that no log can be written whose users all choose one slot. */
const seed = randomBytes(4).readInt32LE();

/**
 * The habitats of a batch's sightings, each asked for once: sightings whose columns hold the same numbers share one. By open
 * addressing over rows, because a text for each sighting would cost more than its row.
 */
export class BatchHabitats {
  readonly #columns: SightingColumns;
  readonly #containerIds: Uint32Array;
  readonly #strings: BatchStrings;
  readonly #table: HabitatTable;
  /** Ids of other dialects than Tetragon's are among them; else nobody needs to look at an id. */
  readonly #hasOthers: boolean;
  /** The first row that had it, plus one; 0: an empty slot. */
  readonly #rows: Int32Array;
  readonly #habitats: (KnownHabitat | undefined)[] = [];

  constructor(batch: FactBatch, strings: BatchStrings, table: HabitatTable) {
    const { sightings, containers } = batch;
    this.#hasOthers = hasOtherDialects(batch);
    this.#columns = sightings;
    this.#containerIds = containers.id;
    this.#strings = strings;
    this.#table = table;
    this.#rows = new Int32Array(2 ** Math.ceil(Math.log2(sightings.count * 2 + 2)));
  }

  /** The habitat that a sighting shows. */
  at(row: number): KnownHabitat {
    const rows = this.#rows;
    const mask = rows.length - 1;
    let slot = this.#hashOf(row) & mask;
    let first = rows[slot] ?? 0;
    while (first !== 0 && !this.#areEqual(first - 1, row)) {
      slot = (slot + 1) & mask;
      first = rows[slot] ?? 0;
    }
    const known = first === 0 ? undefined : this.#habitats[first - 1];
    if (known !== undefined) return known;
    const habitat = this.#table.of(this.#habitatAt(row));
    rows[slot] = row + 1;
    this.#habitats[row] = habitat;
    return habitat;
  }

  #hashOf(row: number): number {
    const { cluster, node, uid, auid, user, cwd, flags, container, docker, capabilities } =
      this.#columns;
    let hash = Math.imul(seed ^ (cluster[row] ?? 0), 0x85ebca6b) ^ (node[row] ?? 0);
    hash = Math.imul(hash, 0xc2b2ae35) ^ folded(uid[row]);
    hash = Math.imul(hash, 0x85ebca6b) ^ folded(auid[row]);
    hash = Math.imul(hash, 0xc2b2ae35) ^ (user[row] ?? 0);
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) ^ (cwd[row] ?? 0);
    hash = Math.imul(hash, 0xc2b2ae35) ^ (flags[row] ?? 0);
    hash = Math.imul(hash, 0x85ebca6b) ^ (container[row] ?? 0);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35) ^ (docker[row] ?? 0);
    hash = Math.imul(hash, 0x85ebca6b) ^ (capabilities[row] ?? 0);
    hash = Math.imul(hash, 0xc2b2ae35);
    return hash ^ (hash >>> 15);
  }

  #areEqual(a: number, b: number): boolean {
    const { cluster, node, uid, auid, user, cwd, flags, container, docker, capabilities } =
      this.#columns;
    return (
      container[a] === container[b] &&
      cwd[a] === cwd[b] &&
      node[a] === node[b] &&
      cluster[a] === cluster[b] &&
      Object.is(uid[a], uid[b]) &&
      Object.is(auid[a], auid[b]) &&
      user[a] === user[b] &&
      flags[a] === flags[b] &&
      docker[a] === docker[b] &&
      capabilities[a] === capabilities[b] &&
      (!this.#hasOthers || this.#dialectAt(a) === this.#dialectAt(b))
    );
  }

  #habitatAt(row: number) {
    const columns = this.#columns;
    const container = columns.container[row] ?? -1;
    return {
      dialect: this.#dialectAt(row),
      cluster: this.#strings.text(columns.cluster[row]),
      node: this.#strings.text(columns.node[row]),
      uid: numberAt(columns.uid, row),
      auid: numberAt(columns.auid, row),
      user: this.#textAt(columns.user, row),
      cwd: this.#textAt(columns.cwd, row),
      flags: this.#textAt(columns.flags, row),
      containerId: container < 0 ? null : this.#strings.text(this.#containerIds[container]),
      docker: this.#textAt(columns.docker, row),
      capabilities: this.#textAt(columns.capabilities, row),
    };
  }

  #dialectAt(row: number): Dialect {
    return dialectOf(this.#strings.text(this.#columns.id[row]));
  }

  #textAt(column: Uint32Array, row: number): string | null {
    const index = column[row] ?? 0;
    return index === 0 ? null : this.#strings.text(index);
  }
}

/** A whole number of up to 53 bits, in 32. */
function folded(value = Number.NaN): number {
  return value ^ Math.imul(value / 2 ** 32, 0x9e3779b1);
}

function numberAt(column: Float64Array, row: number): number | null {
  const value = column[row] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}

function hasOtherDialects({ sightings, strings }: FactBatch): boolean {
  const isKnown = new Uint8Array(strings.length);
  for (let row = 0; row < sightings.count; row += 1) {
    const id = sightings.id[row] ?? 0;
    if (isKnown[id] === 1) continue;
    isKnown[id] = 1;
    if (dialectOf(strings[id] ?? '') !== 'tetragon') return true;
  }
  return false;
}
