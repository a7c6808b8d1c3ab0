import { foldHops } from '@forebear/model/answer/hopRows';
import { hopItems } from '@forebear/model/answer/hops';
import { wholePart } from '@forebear/model/answer/part';
import { keepsLeaf } from '@forebear/model/answer/subjects';
import { questionsAbout } from '@forebear/model/answer/testing/filteredRecords';
import type { Derived, DerivedProcess } from '@forebear/model/graph/derived';
import type { Filter } from '@forebear/model/query/filter';
import { describe, expect, it } from 'vitest';
import { hops } from '../../testing/fakeHops.ts';
import { labForest } from '../../testing/labForest.ts';
import { askedHops, hopKey } from './hopRows.ts';

describe('a filter on hops', () => {
  it('keeps a hop when either end matches the whole of it', () => {
    const asked = askedHops(hops, 'proc.name = java and k8s.pod.name = elasticsearch-master-0');
    expect(asked.unknown).toEqual([]);
    expect(asked.hops.length).toBeGreaterThan(0);
    for (const { to } of asked.hops) expect(to.pod).toBe('elasticsearch-master-0');
    expect(
      askedHops(hops, 'proc.name = curl and k8s.pod.name = elasticsearch-master-0').hops,
    ).toEqual([]);
  });

  it('finds free text in names, pods, PIDs and ports', () => {
    for (const text of ['CURL', 'elasticsearch', '9200']) {
      expect(askedHops(hops, text).hops.length).toBeGreaterThan(0);
    }
    expect(askedHops(hops, 'nothing-like-this').hops).toEqual([]);
  });

  it('leaves out, and names, what a hop does not hold', () => {
    const asked = askedHops(hops, 'evt.type = connect and proc.name = curl and user.uid = 0');
    expect(asked.unknown).toEqual(['evt.type', 'user.uid']);
    expect(asked.hops).toEqual(askedHops(hops, 'proc.name = curl').hops);
  });
});

describe('a filter on the ends of hops', () => {
  const { derived } = labForest();
  const ofHost: Derived = {
    ...derived,
    processes: derived.processes.map((process) => ({
      ...process,
      pod: undefined,
      container: undefined,
    })),
  };

  it.each([
    ['between pods', derived],
    ['of the host', ofHost],
  ])(
    '%s keeps a hop where the store keeps such a connection of one of its processes',
    (_, forest) => {
      const items = hopItems(wholePart(forest));
      expect(items.length).toBeGreaterThan(0);
      for (const hop of new Map(items.map((one) => [one.from.binary, one])).values()) {
        const ends = [hop.from, hop.to].flatMap(({ ref }) => cardOf(forest, ref));
        expect(ends).toHaveLength(2);
        for (const { text, filter } of questionsAbout(JSON.stringify(hop))) {
          const asked = askedHops([hop], text);
          if (filter.kind !== 'clauses' || asked.unknown.length > 0) continue;
          const isStored = ends.some((end) => keepsAtPort(forest, end, { filter, port: hop.port }));
          expect([text, asked.hops.length === 1]).toEqual([text, isStored]);
        }
      }
    },
  );

  function cardOf({ processes }: Derived, ref: string): readonly DerivedProcess[] {
    return processes.filter((process) => process.ref === ref);
  }

  /** A hop tells the last image alone, and of its connection the port alone. */
  function keepsAtPort(
    forest: Derived,
    process: DerivedProcess,
    { filter, port }: { readonly filter: Filter; readonly port: number },
  ): boolean {
    const [leaf] = derived.processes.flatMap(({ connections }) => connections);
    if (leaf === undefined) throw new Error('the lab has connections');
    const last = { ...process, images: process.images.slice(-1) };
    return keepsLeaf(filter, forest, last, { ...leaf, port });
  }
});

describe('a row of hops', () => {
  it('is itself by caller, callee and port', () => {
    const rows = foldHops(hops, false);
    expect(new Set(rows.map(hopKey)).size).toBe(hops.length);
  });
});
