import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { caseKey } from '../api/queries.ts';
import { useLive, useServices } from '../api/services.ts';

/** Lists that follow the case by themselves; trees, events and details decide for themselves when to move. */
const FOLLOWING = new Set(['pods', 'destinations', 'sources', 'nodes', 'histogram']);
const AT_MOST_EVERY_MS = 2000;

/** Asks the lists of a case again when the stream says that it moved, at most every two seconds. */
export function useLiveRefresh(caseName: string | undefined): void {
  const queries = useQueryClient();
  const { live } = useServices();
  const { paused } = useLive();
  useEffect(() => {
    if (caseName === undefined || paused) return undefined;
    let version: number | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      const [scope, name] = caseKey(caseName);
      void queries.invalidateQueries({
        predicate: ({ queryKey }) =>
          queryKey[0] === scope && queryKey[1] === name && FOLLOWING.has(String(queryKey[2])),
      });
    };
    const stop = live.listen((message) => {
      if (message.kind !== 'stats' || message.stats.version === version) return;
      if (version !== undefined) timer ??= setTimeout(refresh, AT_MOST_EVERY_MS);
      version = message.stats.version;
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [queries, live, caseName, paused]);
}
