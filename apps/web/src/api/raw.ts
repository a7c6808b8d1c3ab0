import { address, clientHeader } from './client.ts';
import { ApiFailure, failureOf, isCancelled, unreachable } from './failure.ts';

/** A record as it was received, and where it lies. */
export interface RawRecord {
  readonly text: string;
  readonly source: string;
  readonly member: string;
  readonly line: string;
  readonly offset: string;
}

/** Asks for the original bytes of an event; what is no UTF-8 is replaced by U+FFFD for showing. */
export async function askRaw(
  caseName: string,
  id: string,
  signal: AbortSignal | undefined,
): Promise<RawRecord> {
  const url = address(`/events/${encodeURIComponent(id)}/raw`, { case: caseName });
  try {
    const response = await fetch(url, { headers: clientHeader, ...(signal && { signal }) });
    const text = await response.text();
    if (!response.ok) throw failureOf(response.status, text);
    const header = (name: string) => response.headers.get(`x-forebear-${name}`) ?? '';
    return {
      text,
      source: header('source'),
      member: header('member'),
      line: header('line'),
      offset: header('offset'),
    };
  } catch (error) {
    if (error instanceof ApiFailure || isCancelled(error)) throw error;
    throw unreachable();
  }
}
