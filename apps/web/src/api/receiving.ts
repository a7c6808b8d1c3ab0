import { useQuery } from '@tanstack/react-query';
import type { Source } from './answers.ts';
import { sourcesQuery } from './queries.ts';

/** How far the logs of a case are that are still on their way. */
export interface Receiving {
  /** Of the bytes that their senders announced; undefined: one of them announced none. */
  readonly share: number | undefined;
  /** What is stored of them. */
  readonly events: number;
}

const OFTEN_MS = 1000;

/** How far the logs of a case are that are being received, asked every second; undefined: none is, or it is not known. */
export function useReceiving(caseName: string): Receiving | undefined {
  const { data } = useQuery({
    ...sourcesQuery(caseName),
    refetchInterval: ({ state }) =>
      receivingOf(state.data?.items ?? []) === undefined ? false : OFTEN_MS,
  });
  return receivingOf(data?.items ?? []);
}

/** The same out of a list of sources. A log that is followed has no end to come to: it is not among them. */
export function receivingOf(
  sources: readonly Pick<Source, 'state' | 'bytesReceived' | 'bytesExpected' | 'ledger'>[],
): Receiving | undefined {
  const going = sources.filter(({ state }) => state === 'receiving');
  if (going.length === 0) return undefined;
  let received = 0;
  let expected: number | undefined = 0;
  for (const { bytesReceived, bytesExpected } of going) {
    received += bytesReceived;
    expected =
      expected === undefined || bytesExpected === null ? undefined : expected + bytesExpected;
  }
  const share =
    expected === undefined || expected === 0 ? undefined : Math.min(1, received / expected);
  return { share, events: going.reduce((sum, { ledger }) => sum + ledger.events, 0) };
}
