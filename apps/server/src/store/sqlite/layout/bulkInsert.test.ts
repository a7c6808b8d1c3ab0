import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BulkInsert } from './bulkInsert.ts';

describe('rows inserted some at a time', () => {
  let db: Database.Database;
  beforeEach(() => {
    db = new Database(':memory:');
    db.exec('CREATE TABLE words(id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)');
  });
  afterEach(() => db.close());

  const write = (insert: BulkInsert, ...words: readonly string[]) => {
    for (const word of words) insert.values[insert.next()] = word;
  };
  const written = () => db.prepare('SELECT id, word FROM words ORDER BY id').raw().all();

  it('are all there, numbered in their order, however many they are', () => {
    const insert = new BulkInsert(db, 'words', ['word'], 3);
    let count = 0;
    for (const more of [0, 1, 2, 3, 4, 7, 2, 9]) {
      write(insert, ...Array.from({ length: more }, (_, index) => `word ${count + index + 1}`));
      count += more;
      insert.flushUpTo(count);
    }
    expect(written()).toEqual(
      Array.from({ length: 28 }, (_, index) => [index + 1, `word ${index + 1}`]),
    );
  });

  it('are refused when their writer numbered them otherwise than the table', () => {
    const insert = new BulkInsert(db, 'words', ['word'], 3);
    write(insert, 'one', 'two');
    expect(() => insert.flushUpTo(3)).toThrow('the last row was written as 2, taken as 3');
  });

  it('leave nothing behind when one of them is refused and their transaction is rolled back', () => {
    const insert = new BulkInsert(db, 'words', ['word'], 3);
    const append = db.transaction((...words: string[]) => {
      write(insert, ...words);
      insert.flush();
    });
    append('one', 'two');
    expect(() => append('three', 'two', 'four', 'five')).toThrow('UNIQUE');
    insert.discard();
    expect(written()).toEqual([
      [1, 'one'],
      [2, 'two'],
    ]);
    append('three');
    insert.flushUpTo(3);
    expect(written()).toHaveLength(3);
  });
});
