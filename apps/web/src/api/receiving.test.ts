import { describe, expect, it } from 'vitest';
import { receivingOf } from './receiving.ts';

const ledger = { in: 9, stored: 9, duplicate: 0, quarantined: 0, skipped: 0, blank: 0, events: 9 };
const one = { state: 'receiving' as const, bytesReceived: 26, bytesExpected: 100, ledger };

describe('how far logs are that are being received', () => {
  it('is the share of what their senders announced, and the events that are in', () => {
    expect(receivingOf([one])).toEqual({ share: 0.26, events: 9 });
    expect(receivingOf([one, { ...one, bytesReceived: 74 }])).toEqual({ share: 0.5, events: 18 });
  });

  it('has no share where one of them announced nothing', () => {
    expect(receivingOf([one, { ...one, bytesExpected: null }])?.share).toBeUndefined();
  });

  it('is nothing where all have ended, or are followed without an end', () => {
    expect(receivingOf([])).toBeUndefined();
    expect(
      receivingOf([
        { ...one, state: 'complete' },
        { ...one, state: 'live' },
      ]),
    ).toBeUndefined();
  });
});
