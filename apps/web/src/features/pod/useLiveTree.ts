import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Progress, useProgress } from '../../api/progress.ts';
import { caseKey, treeKey, treeQuery } from '../../api/queries.ts';
import { useLive, useServices } from '../../api/services.ts';
import { useAnnounce } from '../../kit/Announcer.tsx';
import { formatNoun } from '../../kit/format.ts';
import type { View } from '../../url/view.ts';
import { arrive, type LiveTree, openLiveTree, settle, take } from '../../view/merge.ts';
import { foldFar } from './foldFar.ts';
import { type PodAddress, treeQuestion } from './podAddress.ts';

/** A big tree is asked for again at most this often. */
const AGAIN_MS = 1500;
/** New cards are outlined this long. */
const FRESH_MS = 2500;

export interface LiveTreeState {
  readonly live: LiveTree | undefined;
  /** As which agent alone tells it, the tree is drawn; empty: all together. */
  readonly agent: string;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** How far the answer is that is being waited for. */
  readonly loading: Progress | undefined;
  /** Gives up waiting; what is drawn stays. */
  readonly cancel: () => void;
  /** Nothing is drawn and nothing is waited for. */
  readonly isCancelled: boolean;
  /** Draws what waits. */
  readonly takeNews: () => void;
  /** Told when a pointer or the focus enters and leaves the tree: then nothing may jump. */
  readonly hold: (isHeld: boolean) => void;
}

/** A tree on the screen, and the question that it answers. */
interface DrawnTree {
  readonly name: string;
  readonly agent: string;
  readonly live: LiveTree;
}

/** The tree of the page: asked once, moved by the stream, held still while somebody points at it. */
export function useLiveTree(address: PodAddress, view: View): LiveTreeState {
  const question = useMemo(() => treeQuestion(address, view), [address, view]);
  const { caseName } = address;
  const query = useQuery(treeQuery(caseName, question));
  const announce = useAnnounce();
  const held = useRef(false);
  const name = JSON.stringify([caseName, question]);
  const [state, setState] = useState<DrawnTree>();

  const { data, isPlaceholderData } = query;
  const isCurrent = data !== undefined && !isPlaceholderData;
  let { live } = state ?? {};
  if (isCurrent && state?.name !== name) {
    live = openLiveTree(data, {
      lateLimitMs: view.lateMs,
      selected: view.selected ?? '',
      far: foldFar,
    });
    setState({ name, agent: question.agent ?? '', live });
  }
  useEffect(() => {
    if (!isCurrent) return;
    setState((before) => {
      if (before?.name !== name) return before;
      const after = arrive(before.live, data, held.current);
      return after === before.live ? before : { ...before, live: after };
    });
  }, [isCurrent, data, name]);

  const news = live?.news;
  useEffect(() => {
    if (news === undefined || news.processes + news.loud === 0) return;
    const loud = news.loud === 0 ? '' : `, ${news.loud} late and new`;
    announce(`${formatNoun(news.processes, 'new process', 'new processes')}${loud}`);
  }, [news, announce]);

  const folds = live?.folds;
  useEffect(() => {
    if (folds === undefined) return undefined;
    folds.onFolded = () => {
      setState((before) => {
        if (before === undefined) return before;
        return { ...before, live: { ...before.live, folded: before.live.folded + 1 } };
      });
    };
    return () => {
      folds.onFolded = () => undefined;
    };
  }, [folds]);
  const fresh = live?.fresh;
  useEffect(() => {
    if (fresh === undefined || fresh.size === 0) return undefined;
    announce(`${formatNoun(fresh.size, 'new process', 'new processes')} in the tree`);
    const timer = setTimeout(() => {
      setState((before) => before && { ...before, live: settle(before.live) });
    }, FRESH_MS);
    return () => clearTimeout(timer);
  }, [fresh, announce]);

  useUpserts(address, question);
  const key = useMemo(() => treeKey(caseName, question), [caseName, question]);
  const loading = useProgress(key);
  const queries = useQueryClient();
  const cancel = useCallback(() => void queries.cancelQueries({ queryKey: key }), [queries, key]);
  const takeNews = useCallback(() => {
    setState((before) => before && { ...before, live: take(before.live) });
  }, []);
  const hold = useCallback((isHeld: boolean) => {
    held.current = isHeld;
  }, []);
  const isOtherPod = state !== undefined && state.name !== name && !isSamePod(state.name, name);
  return {
    live: isOtherPod && !isCurrent ? undefined : live,
    agent: state?.agent ?? '',
    isPending: query.isPending || (isOtherPod && !isCurrent && !query.isError),
    error: query.error,
    retry: () => void query.refetch(),
    loading,
    cancel,
    isCancelled: query.isPending && query.fetchStatus === 'idle',
    takeNews,
    hold,
  };
}

/** The same pod with another limit, or told by another agent: the old tree stays until the new one is here. */
function isSamePod(a: string, b: string): boolean {
  const bare = (text: string) => text.replace(/,"(?:late|agent)":"[^"]*"/g, '');
  return bare(a) === bare(b);
}

/** Puts the stream's trees where the question's answer lies, or asks again when they were too big to be sent. */
function useUpserts(address: PodAddress, question: ReturnType<typeof treeQuestion>): void {
  const { live } = useServices();
  const { paused } = useLive();
  const queries = useQueryClient();
  const { caseName, namespace, pod } = address;
  const missed = useRef(false);
  useEffect(() => {
    if (paused) {
      missed.current = true;
      return undefined;
    }
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const soon = (what: string, ask: () => void) => {
      if (timers.has(what)) return;
      const timer = setTimeout(() => {
        timers.delete(what);
        ask();
      }, AGAIN_MS);
      timers.set(what, timer);
    };
    const key = treeKey(caseName, question);
    const askTree = () => soon('tree', () => void queries.invalidateQueries({ queryKey: key }));
    // What is known of the selection moves with its tree.
    const askDetails = () => {
      soon('details', () => {
        for (const what of ['process', 'processEvents', 'alerts', 'calls']) {
          void queries.invalidateQueries({ queryKey: [...caseKey(caseName), what] });
        }
      });
    };
    if (missed.current) {
      missed.current = false;
      askTree();
      askDetails();
    }
    let version: number | undefined;
    const stop = live.listen((message) => {
      if (message.kind === 'stats' && pod === '') {
        if (version !== undefined && message.stats.version !== version) askTree();
        version = message.stats.version;
      }
      if (message.kind !== 'upsert') return;
      const { upsert } = message;
      if (upsert.case !== caseName || upsert.pod !== pod || upsert.namespace !== namespace) return;
      askDetails();
      // The stream knows the default limit, the latest pod of a name and all agents together only.
      const isPlain =
        question.late === undefined &&
        question.container === undefined &&
        question.agent === undefined;
      const isSame = question.uid === undefined || question.uid === upsert.tree?.pod.uid;
      if (upsert.tree === null || !isPlain || !isSame) askTree();
      else queries.setQueryData(key, upsert.tree);
    });
    return () => {
      stop();
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, [live, paused, queries, caseName, namespace, pod, question]);
}
