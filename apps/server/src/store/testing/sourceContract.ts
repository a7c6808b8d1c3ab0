import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { describe, expect, it } from 'vitest';
import type { CaseStore } from '../ports.ts';
import { batchesOf, endOf, newSource, progress } from './intoStore.ts';

const all = { kind: 'all' } as const;
const late = 60_000;
const labText = generateReverseShell(3).lines.join('\n');

/** The part of the contract about sources: begun, moved by their batches, ended. `now` gives the empty store of the test at hand. */
export function checkSources(now: () => CaseStore): void {
  describe('sources', () => {
    it('begins a source once', async () => {
      expect(await now().facts.beginSource(newSource('s1'))).toMatchObject({
        ok: true,
        value: { id: 's1', state: 'receiving', finishedAt: null },
      });
      expect(await now().facts.beginSource(newSource('s1'))).toMatchObject({
        ok: false,
        problem: { code: 'source_exists' },
      });
    });

    it('shows a source move, and end as it was told', async () => {
      await now().facts.beginSource(newSource('s1'));
      const [batch] = batchesOf(labText);
      if (batch !== undefined) await now().facts.append('s1', batch, progress);
      expect(await now().queries.source('s1')).toMatchObject({
        value: { bytesReceived: 7, ledger: { stored: 97 }, state: 'receiving' },
      });
      await now().facts.endSource('s1', endOf('cancelled'));
      expect(await now().queries.source('s1')).toMatchObject({
        value: { state: 'cancelled', note: 'It was stopped.', sha256: 'ab' },
      });
      const pods = await now().queries.pods({ filter: all, lateLimitMs: late });
      expect(pods.items.length).toBeGreaterThan(0);
      expect(pods.completeness.complete).toBe(false);
    });

    it('keeps the members that a batch does not move as they were told', async () => {
      await now().facts.beginSource(newSource('s1'));
      const member = (letter: string, records: number) => ({
        name: letter,
        bytes: 1,
        records,
        damage: [],
      });
      const told = [
        { membersFrom: 0, members: [member('a', 1)] },
        { membersFrom: 0, members: [member('a', 3), member('b', 1)] },
        { membersFrom: 1, members: [member('b', 2), member('c', 0), member('d', 1)] },
      ];
      for (const moved of told) {
        for (const batch of batchesOf(labText).slice(0, 1))
          await now().facts.append('s1', batch, { ...progress, ...moved });
      }
      const whole = [member('a', 3), member('b', 2), member('c', 0), member('d', 1)];
      expect(await now().queries.source('s1')).toMatchObject({ value: { members: whole } });
      await now().facts.endSource('s1', { ...endOf('complete'), members: whole.slice(0, 2) });
      expect(await now().queries.source('s1')).toMatchObject({
        value: { members: whole.slice(0, 2) },
      });
    });

    it('takes an interrupted source up again', async () => {
      await now().facts.beginSource(newSource('s1'));
      await now().facts.endSource('s1', endOf('interrupted'));
      expect(await now().facts.beginSource(newSource('s1'))).toMatchObject({ ok: true });
    });

    it('knows nothing of a source that never began', async () => {
      const unknown = {
        ok: false,
        problem: { code: 'unknown_source', message: 'No source nobody in this case.' },
      };
      expect(await now().queries.source('nobody')).toEqual(unknown);
      expect(await now().facts.endSource('nobody', endOf('complete'))).toEqual(unknown);
      expect(await now().evidence.quarantine('nobody', { limit: 1 })).toEqual(unknown);
      const appends = batchesOf(labText)
        .slice(0, 1)
        .map((batch) => now().facts.append('nobody', batch, progress));
      await expect(Promise.all(appends)).rejects.toThrow(/never begun/);
    });
  });
}
