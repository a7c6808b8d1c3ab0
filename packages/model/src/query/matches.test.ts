import { describe, expect, it } from 'vitest';
import type { FieldName } from './filter.ts';
import { matches, type Subject } from './matches.ts';
import { parseFilter } from './parseFilter.ts';

const subject = (values: Partial<Record<FieldName, readonly string[]>>): Subject => ({
  values: (field) => values[field] ?? [],
  text: () => Object.values(values).flat(),
});
const holds = (filter: string, of: Subject) => {
  const parsed = parseFilter(filter);
  return parsed.ok && matches(parsed.filter, of);
};

describe('a filter', () => {
  const shell = subject({
    'proc.name': ['sh'],
    'proc.args': ['-c /tmp/Rev.sh'],
    'fd.sip.name': ['x7.example.net', 'y.example.net'],
  });

  it('matches exactly with =, also any of several names', () => {
    expect(holds('proc.name = sh', shell)).toBe(true);
    expect(holds('proc.name = SH', shell)).toBe(false);
    expect(holds('fd.sip.name = y.example.net', shell)).toBe(true);
  });

  it('never matches on a field that has no value', () => {
    expect(holds('user.uid = 0', shell)).toBe(false);
    expect(holds('user.uid contains ""', shell)).toBe(false);
  });

  it('needs every clause', () => {
    expect(holds('proc.name = sh and proc.args contains /tmp', shell)).toBe(true);
    expect(holds('proc.name = sh and proc.args contains /etc', shell)).toBe(false);
  });

  it('knows which severity is graver, by any of its names', () => {
    const told = subject({ 'alert.severity': ['Critical'] });
    for (const asked of ['>= high', '>= Critical', '> error', '= critical', '<= CRIT', '< Alert'])
      expect(holds(`alert.severity ${asked}`, told), asked).toBe(true);
    for (const asked of ['> critical', '< Critical', '>= Emergency', '= high', '<= medium'])
      expect(holds(`alert.severity ${asked}`, told), asked).toBe(false);
    expect(holds('alert.severity >= Debug', subject({}))).toBe(false);
  });

  it('searches free text in any case, all words', () => {
    expect(holds('rev EXAMPLE', shell)).toBe(true);
    expect(holds('rev missing', shell)).toBe(false);
  });
});
