import { describe, expect, it } from 'vitest';
import { ApiFailure, unreachable } from '../../api/failure.ts';
import { cancelProblem } from './cancelProblem.ts';

describe('a cancel that failed', () => {
  it('says of which file and why', () => {
    expect(cancelProblem('web.ndjson', unreachable())).toBe(
      'No more of web.ndjson is sent, but the server could not be told that it is cancelled: ' +
        'the Forebear server does not answer; is it still running?',
    );
    expect(cancelProblem('web.ndjson', new Error('odd'))).toMatch(/odd$/);
  });

  it.each(['unknown_source', 'source_finished'])('is silent when nothing ran: %s', (code) => {
    const failure = new ApiFailure({ code, message: 'no', retryable: false });
    expect(cancelProblem('web.ndjson', failure)).toBeUndefined();
  });
});
