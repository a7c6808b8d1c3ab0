import { type NotALogDetails, notALogDetails } from '@forebear/model/wire/problem';
import type { ApiFailure } from './failure.ts';

/** What the server found in a file that is no log; undefined: it did not say, or the failure is another. */
export function notALogOf({ code, details }: ApiFailure): NotALogDetails | undefined {
  if (code !== 'not_a_log') return undefined;
  const read = notALogDetails.safeParse(details);
  return read.success ? read.data : undefined;
}
