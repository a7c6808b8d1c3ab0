import { describe, expect, it } from 'vitest';
import { hops } from '../../testing/fakeHops.ts';
import { askedHops, foldHops, hopKey, loudFirst } from './hopRows.ts';

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

describe('a row of hops', () => {
  const [quiet] = hops.filter((hop) => !hop.from.lateNew && !hop.to.lateNew);
  const [loud] = hops.filter((hop) => hop.from.lateNew);
  if (quiet === undefined || loud === undefined) throw new Error('invented hops are of both kinds');
  const at = (hop: typeof quiet, second: number, over: Partial<typeof quiet> = {}) => ({
    ...hop,
    from: { ...hop.from, ref: `${hop.from.ref}${second}`, pid: second },
    firstSeen: `2026-03-14T09:00:0${second}.000000000Z`,
    lastSeen: `2026-03-14T09:01:0${second}.000000000Z`,
    bytesSent: '9007199254740993',
    bytesReceived: null,
    ...over,
  });

  it('is itself by caller, callee and port', () => {
    const rows = foldHops(hops, false);
    expect(new Set(rows.map(hopKey)).size).toBe(hops.length);
  });

  it('is all that are alike, with first, last and exact sums', () => {
    const [row, ...others] = foldHops([at(quiet, 1), at(quiet, 3), at(quiet, 2)], true);
    expect(others).toEqual([]);
    expect(row?.all).toHaveLength(3);
    expect(row).toMatchObject({
      firstSeen: '2026-03-14T09:00:01.000000000Z',
      lastSeen: '2026-03-14T09:01:03.000000000Z',
      bytesSent: '27021597764222979',
      bytesReceived: null,
    });
  });

  it('is one hop when it stands out, is known in another way, or folding is off', () => {
    const two = [at(loud, 1), at(loud, 2)];
    expect(foldHops(two, true)).toHaveLength(2);
    const left = { ...at(quiet, 1).from, outOfPlace: ['left_container'] };
    expect(foldHops([at(quiet, 1, { from: left }), at(quiet, 2)], true)).toHaveLength(2);
    const other = at(quiet, 2, { confidence: 'inferred' });
    expect(foldHops([at(quiet, 1, { confidence: 'certain' }), other], true)).toHaveLength(2);
    expect(foldHops([at(quiet, 1), at(quiet, 2)], false)).toHaveLength(2);
  });
});
