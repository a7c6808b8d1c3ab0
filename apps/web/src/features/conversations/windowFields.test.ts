import { describe, expect, it } from 'vitest';
import { parseRange } from '../../url/codecs.ts';
import { fieldsOf, readWindow } from './windowFields.ts';

describe('a window that is typed', () => {
  it('is read in UTC, with or without seconds, and as an address has it', () => {
    const read = readWindow({ from: '2026-04-21 13:09', to: ' 2026-04-21T13:10:30.250Z ' });
    expect(read).toEqual({
      ok: true,
      range: parseRange('2026-04-21T13:09:00Z..2026-04-21T13:10:30.25Z'),
    });
  });

  it('keeps an offset that it names', () => {
    expect(readWindow({ from: '2026-04-21T15:09+02:00', to: '' })).toEqual({
      ok: true,
      range: { from: { at: '2026-04-21T13:09:00Z' }, to: undefined },
    });
  });

  it('is all times when nothing is typed', () => {
    expect(readWindow({ from: '', to: ' ' })).toEqual({ ok: true, range: undefined });
  });

  it.each([
    ['from', { from: 'yesterday', to: '' }],
    ['to', { from: '2026-04-21 13:09', to: '13:10' }],
    ['to', { from: '2026-04-21 13:09', to: '2026-04-21 13:09' }],
    ['to', { from: '2026-04-21 13:09', to: '2026-04-21 13:08' }],
  ] as const)('is refused at %s for %o', (field, fields) => {
    expect(readWindow(fields)).toMatchObject({ ok: false, field });
  });

  it('begins with the window of the view, without what counts from main', () => {
    const at = '2026-04-21T13:09:00Z';
    expect(fieldsOf({ from: { at }, to: { afterMs: 5 } })).toEqual({ from: at, to: '' });
  });
});
