import Database from 'better-sqlite3';

/** The first SQLite without the WAL-reset bug, which can lose an acknowledged commit (reliability, finding 1). */
const oldestSafe: readonly [number, number, number] = [3, 51, 3];

/** Why a SQLite version must not hold evidence; undefined: it may. */
export function refusalOf(version: string): string | undefined {
  const parts = version.split('.').map(Number);
  for (const [index, wanted] of oldestSafe.entries()) {
    const part = parts[index] ?? 0;
    if (part > wanted) return undefined;
    if (part < wanted) {
      return `SQLite ${version} can lose committed data (fixed in ${oldestSafe.join('.')}). Install the better-sqlite3 that package-lock.json names.`;
    }
  }
  return undefined;
}

/** Opens a case for writing: WAL, every commit synced before it is acknowledged. Throws when the version is unsafe. */
export function openWriter(path: string): Database.Database {
  const db = new Database(path);
  const version = db.prepare('SELECT sqlite_version()').pluck().get();
  const refusal = refusalOf(String(version));
  if (refusal !== undefined) {
    db.close();
    throw new Error(refusal);
  }
  // Most of what is written is long: larger pages are fewer writes.
  db.pragma('page_size = 16384');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('wal_autocheckpoint = 8000');
  db.pragma('journal_size_limit = 134217728');
  // What one commit of a group changes; most of the rest are bytes that the writer never reads again.
  db.pragma('cache_size = -16384');
  db.pragma('temp_store = MEMORY');
  db.pragma('foreign_keys = OFF');
  return db;
}

/** Opens a case for reading beside its writer; it must exist and be migrated. */
export function openReader(path: string): Database.Database {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  db.pragma('cache_size = -32768');
  db.pragma('temp_store = MEMORY');
  db.pragma('mmap_size = 134217728');
  return db;
}
