import { clauseText } from '@forebear/model/query/clauseText';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { describe, expect, it } from 'vitest';
import { askedEvents } from './askedEvents.ts';

describe('the part of a filter that is about events', () => {
  it('is evt.type and nothing else', () => {
    expect(askedEvents('proc.name = nc and evt.type = connect')).toEqual({
      filter: 'evt.type = "connect"',
      kind: 'connect',
    });
    expect(askedEvents('proc.name = nc')).toEqual({ filter: '', kind: '' });
    expect(askedEvents('evt.type')).toEqual({ filter: '', kind: '' });
    expect(askedEvents('evt.type = (')).toEqual({ filter: '', kind: '' });
  });

  it('takes Falco’s name of a kind and our own', () => {
    expect(askedEvents('evt.type = execve').kind).toBe('exec');
    expect(askedEvents('evt.type = exec').kind).toBe('exec');
  });

  it('goes out as it was asked, whatever is quoted in it', () => {
    for (const value of ['a"b', 'a\\b', '\\', '\\"', "it's", ' exec ', '', 'x and y = "z']) {
      const clause = { field: 'evt.type', operator: 'contains', value } as const;
      const { filter } = askedEvents(`proc.name = nc and ${clauseText(clause)}`);
      expect(parseFilter(filter)).toEqual({
        ok: true,
        filter: { kind: 'clauses', clauses: [clause] },
      });
    }
  });

  it('names no one kind for a part of a name, or for two at once', () => {
    expect(askedEvents('evt.type contains exec')).toEqual({
      filter: 'evt.type contains "exec"',
      kind: '',
    });
    expect(askedEvents('evt.type = exec and evt.type = exit').kind).toBe('');
  });
});
