import { describe, expect, it } from 'vitest';
import { severities } from '../event/severity.ts';
import { alertsWords, isGraveSeverity, severityRank } from './severityWords.ts';

describe('severities', () => {
  it('have the order of the scale, and what is not on it is behind', () => {
    expect(severities.map(severityRank)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(severityRank('Ominous')).toBe(8);
  });

  it('are grave from Error on', () => {
    expect(severities.filter(isGraveSeverity)).toEqual(['Emergency', 'Alert', 'Critical', 'Error']);
  });
});

it('alerts are counted, with the gravest', () => {
  expect(alertsWords(0, null)).toBe('');
  expect(alertsWords(1, 'Critical')).toBe('1 alert, Critical');
  expect(alertsWords(3, 'Warning')).toBe('3 alerts, Warning the gravest');
});
