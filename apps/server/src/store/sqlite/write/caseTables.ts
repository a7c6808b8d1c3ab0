import type Database from 'better-sqlite3';
import { HabitatTable } from './habitatTable.ts';
import { NodeTable } from './nodeTable.ts';
import { Partitions } from './partitions.ts';
import { PodTable } from './podTable.ts';
import { ProcessFaces } from './processFaces.ts';
import { RecordWriter } from './recordWriter.ts';
import { SourceTable } from './sourceTable.ts';
import { StringTable } from './stringTable.ts';

/** The writer's view of every table of a case: what it holds in memory agrees with the file between transactions. */
export class CaseTables {
  readonly db: Database.Database;
  readonly strings: StringTable;
  readonly pods: PodTable;
  readonly nodes: NodeTable;
  readonly habitats: HabitatTable;
  readonly faces: ProcessFaces;
  readonly records: RecordWriter;
  readonly sources: SourceTable;
  readonly partitions: Partitions;

  constructor(db: Database.Database) {
    this.db = db;
    this.strings = new StringTable(db);
    this.pods = new PodTable(db);
    this.nodes = new NodeTable(db);
    this.records = new RecordWriter(db);
    this.sources = new SourceTable(db);
    this.partitions = new Partitions(db);
    this.habitats = new HabitatTable(db);
    this.faces = new ProcessFaces(db, this.pods, this.habitats);
  }

  /** After a rollback: what the file says. */
  reload(): void {
    this.strings.forget();
    this.pods.reload();
    this.habitats.forget();
    this.faces.discard();
    this.records.reload();
    this.nodes.reload();
  }
}
