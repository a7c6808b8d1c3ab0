import { describe, expect, it } from 'vitest';
import { hops } from '../../testing/fakeHops.ts';
import { askedHops, hopKey, loudFirst } from './hopRows.ts';

describe('the order of hops', () => {
  it('puts a caller that is late and new first, whenever it called', () => {
    const ordered = loudFirst(hops);
    expect(ordered.map(({ from }) => from.lateNew)).toEqual(
      hops.map(({ from }) => from.lateNew).toSorted((a, b) => Number(b) - Number(a)),
    );
    expect(hops[0]?.from.lateNew).toBe(false);
    expect(ordered[0]?.from.lateNew).toBe(true);
  });

  it('keeps the API’s order among equals', () => {
    const quiet = (list: typeof hops) => list.filter((hop) => !hop.from.lateNew && !hop.to.lateNew);
    expect(quiet(loudFirst(hops))).toEqual(quiet(hops));
  });
});

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

describe('a hop', () => {
  it('is itself by caller, callee and port', () => {
    expect(new Set(hops.map(hopKey)).size).toBe(hops.length);
  });
});
