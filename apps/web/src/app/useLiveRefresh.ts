import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { caseKey } from '../api/queries.ts';
import { useLive, useServices } from '../api/services.ts';
import { createPacer } from './pacer.ts';

/** Lists that follow the case by themselves; trees, events, alerts and details decide for themselves when to move. */
const FOLLOWING = new Set([
  'pods',
  'destinations',
  'conversations',
  'sources',
  'nodes',
  'histogram',
  'alertCount',
]);
const AT_MOST_EVERY_MS = 2000;
/** Lists of a large case take long: asking for them may take a tenth of the time, the log that comes in has the rest. */
const PATIENCE = 9;

/** Asks the lists of a case again when the stream says that it moved: at most every two seconds, seldom if they take long. */
export function useLiveRefresh(caseName: string | undefined): void {
  const queries = useQueryClient();
  const { live } = useServices();
  const { paused } = useLive();
  // What is on screen, kept over a pause: what moved meanwhile is asked for when it ends.
  const shown = useRef<{ readonly caseName: string; readonly version: number } | undefined>(
    undefined,
  );
  useEffect(() => {
    if (caseName === undefined || paused) return undefined;
    const ask = () => {
      const [scope, name] = caseKey(caseName);
      return queries.invalidateQueries({
        predicate: ({ queryKey }) =>
          queryKey[0] === scope && queryKey[1] === name && FOLLOWING.has(String(queryKey[2])),
      });
    };
    const pacer = createPacer(ask, AT_MOST_EVERY_MS, PATIENCE);
    const stop = live.listen((message) => {
      if (message.kind !== 'stats') return;
      const { version } = message.stats;
      const before = shown.current;
      shown.current = { caseName, version };
      if (before?.caseName !== caseName || before.version === version) return;
      pacer.moved();
    });
    return () => {
      stop();
      pacer.stop();
    };
  }, [queries, live, caseName, paused]);
}
