import type { Ledger } from '@forebear/model/wire/primitives';
import { describe, expect, it } from 'vitest';
import { ledgerOf, newTally } from '../store/ledger.ts';
import { AppendWindow } from './appendWindow.ts';

const nothing = ledgerOf(newTally());

interface Append {
  readonly promise: Promise<Ledger>;
  readonly resolve: (ledger: Ledger) => void;
  readonly reject: (error: Error) => void;
}

function newAppend(): Append {
  return Promise.withResolvers<Ledger>();
}

/** A turn of the event loop: whatever could go on has. */
const aMoment = () => new Promise((resolve) => setImmediate(resolve));

describe('appends under way', () => {
  it('are told in their order, whichever is durable first', async () => {
    const told: number[] = [];
    const window = new AppendWindow(
      ({ stored }) => told.push(stored),
      () => undefined,
    );
    const appends = [newAppend(), newAppend(), newAppend()];
    for (const { promise } of appends) await window.take(promise);
    appends[2]?.resolve({ ...nothing, stored: 3 });
    appends[0]?.resolve({ ...nothing, stored: 1 });
    appends[1]?.resolve({ ...nothing, stored: 2 });
    await window.settle();
    expect(told).toEqual([1, 2, 3]);
  });

  it('are few: the next waits for the first', async () => {
    const window = new AppendWindow(
      () => undefined,
      () => undefined,
    );
    const appends = Array.from({ length: 100 }, newAppend);
    let taken = 0;
    const taking = (async () => {
      for (const { promise } of appends) {
        await window.take(promise);
        taken += 1;
      }
    })();
    await aMoment();
    const most = taken;
    expect(most).toBeLessThan(10);
    appends[0]?.resolve(nothing);
    await aMoment();
    expect(taken).toBe(most + 1);
    for (const { resolve } of appends) resolve(nothing);
    await taking;
  });

  it('say at once that one has failed, and again when it is waited for', async () => {
    const failures: unknown[] = [];
    const window = new AppendWindow(
      () => undefined,
      (error) => failures.push(error),
    );
    const append = newAppend();
    await window.take(append.promise);
    append.reject(new Error('the disk is full'));
    await aMoment();
    expect(failures).toMatchObject([{ message: 'the disk is full' }]);
    await expect(window.settle()).rejects.toThrow('the disk is full');
  });
});
