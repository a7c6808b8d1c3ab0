import { describe, expect, it } from 'vitest';
import { defaultView, type View } from '../../url/view.ts';
import { alertsQuestion, narrowingParts, rangeAround, toggled, unnarrowed } from './narrowing.ts';

const chosen: View = {
  ...defaultView,
  severities: ['Critical', 'Error'],
  agents: ['falco'],
  rule: 'Terminal shell in container',
  tag: 'T1059',
  filter: 'proc.name = nc and fd.sport = 443',
  sort: 'time',
};

describe('what narrows the alerts', () => {
  it('is asked as the API lists it, and nothing is asked of all', () => {
    expect(alertsQuestion(defaultView)).toEqual({});
    expect(alertsQuestion(chosen)).toEqual({
      severity: 'Critical,Error',
      source: 'falco',
      rule: 'Terminal shell in container',
      tag: 'T1059',
      filter: 'proc.name = nc and fd.sport = 443',
      order: 'time',
    });
  });

  it('is parts, each of which can be taken out alone', () => {
    const parts = narrowingParts(chosen);
    expect(parts.map(({ text }) => text)).toEqual([
      'severity Critical',
      'severity Error',
      'agent Falco',
      'rule Terminal shell in container',
      'tag T1059',
      'proc.name = nc',
      'fd.sport = 443',
    ]);
    for (const { without } of parts)
      expect(narrowingParts({ ...chosen, ...without })).toHaveLength(parts.length - 1);
    expect(narrowingParts({ ...chosen, ...unnarrowed })).toEqual([]);
  });
});

it('a value is chosen, and pressed again it is not', () => {
  expect(toggled(['Error'], 'Critical')).toEqual(['Error', 'Critical']);
  expect(toggled(['Error', 'Critical'], 'Error')).toEqual(['Critical']);
});

it('the time around an alert is the minute before and after; without a time there is none', () => {
  expect(rangeAround('2026-04-21T13:10:28.408277579Z')).toEqual({
    from: { at: '2026-04-21T13:09:28.408Z' },
    to: { at: '2026-04-21T13:11:28.408Z' },
  });
  expect(rangeAround(null)).toBeUndefined();
});
