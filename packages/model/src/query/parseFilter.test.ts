import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter } from './parseFilter.ts';

const codeOf = (text: string) => {
  const parsed = parseFilter(text);
  return parsed.ok ? parsed.filter.kind : parsed.code;
};

describe('what a person types into the search box', () => {
  it('is free text when it holds no operator, parenthesis or quote', () => {
    expect(parseFilter('  nc and sh ')).toEqual({
      ok: true,
      filter: { kind: 'text', text: 'nc and sh' },
    });
    expect(codeOf('/etc/passwd')).toBe('text');
    expect(codeOf('[')).toBe('text');
    expect(codeOf('contains')).toBe('text');
  });

  it('is free text when it is a pasted exec_id, padding and all', () => {
    expect(codeOf('a2luZC1jb250cm9sLXBsYW5lOjU3NjIyNDQ1MzcyMjoyMjI1OA==')).toBe('text');
    expect(codeOf('proc.name=')).toBe('bad_filter');
  });

  it('matches everything when empty', () => {
    expect(codeOf('   ')).toBe('all');
  });

  it('reads comparisons joined by and', () => {
    expect(parseFilter('proc.name = nc and fd.sip.name contains "example net"')).toEqual({
      ok: true,
      filter: {
        kind: 'clauses',
        clauses: [
          { field: 'proc.name', operator: '=', value: 'nc' },
          { field: 'fd.sip.name', operator: 'contains', value: 'example net' },
        ],
      },
    });
  });

  it('reads contains without any symbol', () => {
    expect(codeOf('proc.args contains token')).toBe('clauses');
  });

  it('takes values with slashes, dashes and colons as they stand', () => {
    expect(parseFilter('proc.exepath=/usr/bin/nc')).toMatchObject({
      filter: { clauses: [{ value: '/usr/bin/nc' }] },
    });
  });

  it.each([
    'proc.name = nc or proc.name = sh',
    'not proc.name = nc',
    '(proc.name = nc)',
    'proc.name != nc',
    'proc.name in (nc, sh)',
    'proc.aname[2] = bash',
    'proc.pid > 3',
    'proc.name startswith n',
    'evt.res = SUCCESS',
    'spawned_process and proc.name = nc',
    'tolower(proc.name) = nc',
    'proc.tty exists and proc.name = nc',
  ])('answers not_supported_yet to Falco we do not evaluate: %s', (text) => {
    expect(codeOf(text)).toBe('not_supported_yet');
  });

  it.each([
    ['proc.name =', 11],
    ['proc.name = nc and', 18],
    ['= nc', 0],
    ['proc.name = "nc', 12],
    ['(proc.name = nc', 15],
    ['proc.name = nc)', 14],
    ['proc.name = nc sh', 15],
    ['name = nc', 0],
    ['proc.name = nc and dns.name = bh84', 19],
  ])('answers bad_filter with a position to %s', (text, position) => {
    expect(parseFilter(text)).toMatchObject({ ok: false, code: 'bad_filter', position });
  });

  it('orders severities alone, and knows their names', () => {
    expect(parseFilter('alert.severity>=high and proc.name = nc')).toMatchObject({
      filter: { clauses: [{ field: 'alert.severity', operator: '>=', value: 'high' }, {}] },
    });
    expect(parseFilter('alert.severity > terrible')).toMatchObject({
      code: 'bad_filter',
      position: 17,
    });
    expect(codeOf('proc.name > nc')).toBe('not_supported_yet');
    expect(codeOf('alert.severity != high')).toBe('not_supported_yet');
  });

  it('names our field that a misspelled one may have meant', () => {
    expect(parseFilter('proc.nam = curl')).toMatchObject({
      code: 'bad_filter',
      position: 0,
      message: 'There is no field `proc.nam`: did you mean `proc.name`?',
    });
    expect(parseFilter('k8s.pd.nmae = web')).toMatchObject({ code: 'bad_filter' });
    expect(parseFilter('dns.question = web')).toMatchObject({
      message: 'There is no field `dns.question`.',
    });
  });

  it.each(['proc.cmdline', 'evt.arg.flags', 'ka.verb', 'k8s.pod.label[app]', 'user.name'])(
    'does not call a field of Falco misspelled: %s',
    (field) => {
      expect(codeOf(`${field} = x`)).toBe('not_supported_yet');
    },
  );

  it('bounds nesting and length', () => {
    expect(codeOf(`${'('.repeat(1000)}proc.name = a`)).toBe('bad_filter');
    expect(codeOf('a'.repeat(5000))).toBe('bad_filter');
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .array(
              fc.constantFrom(
                'proc.name',
                '=',
                '(',
                ')',
                '[',
                ']',
                'and',
                'or',
                'not',
                'in',
                ',',
                '"',
                'x',
                'contains',
              ),
            )
            .map((words) => words.join(' ')),
        ),
        (text) => {
          const parsed = parseFilter(text);
          const position = parsed.ok ? 0 : parsed.position;
          expect(position).toBeLessThanOrEqual(Math.max(text.length, 4096));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
