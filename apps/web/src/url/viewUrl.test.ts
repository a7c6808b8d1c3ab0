import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSearch, parseSearch } from './searchText.ts';
import { defaultView, relativeModes, type View } from './view.ts';
import { carriedView, formatView, isStep, parseView } from './viewUrl.ts';

const ref = fc.stringMatching(/^[A-Za-z0-9_-]{22}(~[2-9])?$/);
const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,40}$/);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const bound = fc.oneof(
  fc.record({ afterMs: fc.integer({ min: 0, max: 1e9 }) }),
  fc
    .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => ({ at: date.toISOString().replace('Z', '381321Z') })),
);
const range = fc
  .record({ from: maybe(bound), to: maybe(bound) })
  .map((one) => (one.from === undefined && one.to === undefined ? undefined : one));

const anyView: fc.Arbitrary<View> = fc.record({
  shape: fc.constantFrom('graph', 'rows'),
  selected: maybe(ref),
  expansion: fc.record({
    opened: fc.array(ref, { maxLength: 20 }),
    closed: fc.array(ref, { maxLength: 20 }),
  }),
  columns: maybe(
    fc.uniqueArray(fc.constantFrom('arguments', 'delta', 'pid', 'user', 'exit'), { maxLength: 5 }),
  ),
  filter: fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
  filterMode: fc.constantFrom('dim', 'hide'),
  range,
  lateMs: fc.integer({ min: 0, max: 1e9 }),
  fold: fc.boolean(),
  relative: fc.constantFrom(...relativeModes),
  zone: fc.oneof(
    fc.constantFrom('utc' as const, 'local' as const),
    fc.integer({ min: -14 * 60, max: 14 * 60 }).map((offsetMinutes) => ({ offsetMinutes })),
  ),
  root: maybe(ref),
  cluster: maybe(name),
  uid: maybe(name),
  container: maybe(name),
  tab: maybe(name),
  trail: fc.array(fc.record({ namespace: name, pod: name, ref }), { maxLength: 8 }),
  sort: maybe(name),
  kinds: fc.array(fc.stringMatching(/^[a-z_]{1,12}$/), { maxLength: 5 }),
  severities: fc.array(fc.constantFrom('Critical', 'Error', 'Debug'), { maxLength: 3 }),
  agents: fc.array(fc.constantFrom('falco', 'kubearmor'), { maxLength: 2 }),
  rule: maybe(fc.string({ minLength: 1 })),
  tag: maybe(fc.string({ minLength: 1 })),
  without: fc.constantFrom([], ['dns']),
  tour: fc.integer({ min: 0, max: 8 }),
});

describe('a view in an address', () => {
  it('comes back from the text of its address as it was', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(parseView(parseSearch(formatSearch(formatView(view))))).toEqual(view);
      }),
      { numRuns: 500 },
    );
  });

  it('writes nothing for the default view', () => {
    expect(formatSearch(formatView(defaultView))).toBe('');
  });

  it('reads as a person would write it', () => {
    const view: View = {
      ...defaultView,
      shape: 'rows',
      filter: 'proc.name = nc and fd.sport = 443',
      range: { from: { afterMs: 270_000 }, to: { afterMs: 600_000 } },
      lateMs: 30_000,
      zone: { offsetMinutes: 120 },
    };
    expect(formatSearch(formatView(view))).toBe(
      '?v=rows&q=proc.name%20%3D%20nc%20and%20fd.sport%20%3D%20443&t=+270s..+600s&late=30s&tz=+02:00',
    );
  });

  it('keeps parameters that it does not know', () => {
    const search = parseSearch('?q=nc&x-later=1&utm=abc');
    expect(formatView({ ...parseView(search), filter: 'sh' }, search)).toEqual({
      q: 'sh',
      'x-later': '1',
      utm: 'abc',
    });
  });

  it('takes the default for what makes no sense, and never throws', () => {
    const odd = parseSearch(
      '?v=cube&t=now..then&late=soon&rel=moon&tz=+99:00&fold=maybe&via=a/b,x&x=!',
    );
    expect(parseView(odd)).toEqual(defaultView);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => parseView(parseSearch(text))).not.toThrow();
      }),
    );
  });

  it('does not take a parameter for a property of objects', () => {
    expect(parseView(parseSearch('?__proto__=x&constructor=y&n=toString'))).toEqual({
      ...defaultView,
      selected: 'toString',
    });
  });

  it('opens links of earlier versions', () => {
    expect(
      parseView(parseSearch('?v=graph&n=abc&q=is:late&t=2023-07-26T07:10:00Z..&late=60s&fold=1')),
    ).toEqual({
      ...defaultView,
      selected: 'abc',
      filter: 'is:late',
      range: { from: { at: '2023-07-26T07:10:00Z' }, to: undefined },
    });
  });

  it('bounds the refs and hops of a link', () => {
    const many = Array.from({ length: 500 }, (_, i) => `ref${i}`);
    const view = { ...defaultView, expansion: { opened: many, closed: [] } };
    expect(parseView(formatView(view)).expansion.opened).toEqual(many.slice(-80));
  });
});

describe('the history', () => {
  it('gets a step for a filter, a shape, a range, a root, another pod', () => {
    expect(isStep(defaultView, { ...defaultView, filter: 'nc' })).toBe(true);
    expect(isStep(defaultView, { ...defaultView, shape: 'rows' })).toBe(true);
    expect(isStep(defaultView, { ...defaultView, root: 'r' })).toBe(true);
    expect(isStep(defaultView, { ...defaultView, uid: 'u' })).toBe(true);
    const later = { from: { afterMs: 1 }, to: undefined };
    expect(isStep(defaultView, { ...defaultView, range: later })).toBe(true);
  });

  it('gets none for selection, expansion, zone, sorting', () => {
    const after: View = {
      ...defaultView,
      selected: 'a',
      expansion: { opened: ['a'], closed: [] },
      zone: 'local',
      sort: '-late',
    };
    expect(isStep(defaultView, after)).toBe(false);
  });
});

describe('another page of the case', () => {
  it('keeps what is asked and how it is shown, and drops what is selected and opened', () => {
    const view: View = {
      ...defaultView,
      filter: 'nc',
      lateMs: 30_000,
      zone: 'local',
      relative: 'clock',
      shape: 'rows',
      fold: false,
      filterMode: 'hide',
      range: { from: { at: '2026-03-14T07:06:00Z' }, to: undefined },
      selected: 'a',
      uid: 'u',
    };
    expect(carriedView(view, { selected: 'b' })).toEqual({
      ...defaultView,
      filter: 'nc',
      lateMs: 30_000,
      zone: 'local',
      relative: 'clock',
      shape: 'rows',
      fold: false,
      filterMode: 'hide',
      range: { from: { at: '2026-03-14T07:06:00Z' }, to: undefined },
      selected: 'b',
    });
  });

  it('does not keep a time that is counted from the main process of the pod that is left', () => {
    const since = { from: { afterMs: 270_000 }, to: { at: '2026-03-14T07:06:00Z' } };
    expect(carriedView({ ...defaultView, range: since }).range).toBeUndefined();
  });
});
