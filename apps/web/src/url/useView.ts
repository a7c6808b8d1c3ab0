import { useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { parseSearch, type SearchRecord } from './searchText.ts';
import type { View } from './view.ts';
import { formatView, isStep, parseView } from './viewUrl.ts';

/** Changes some of the view. Pushes a step that Back undoes, replaces for the rest, unless told. */
export type ChangeView = (
  patch: Partial<View> | ((view: View) => Partial<View>),
  how?: 'push' | 'replace',
) => void;

/** The view of the address, and the one way to change it. Same address, same object. */
export function useView(): readonly [View, ChangeView] {
  const search = useSearch({ strict: false, select: textOnly });
  const view = useMemo(() => parseView(search), [search]);
  const router = useRouter();
  const change = useCallback<ChangeView>(
    (patch, how) => {
      const now = parseSearch(router.latestLocation.searchStr);
      const before = parseView(now);
      const after = { ...before, ...(typeof patch === 'function' ? patch(before) : patch) };
      const replace = how === undefined ? !isStep(before, after) : how === 'replace';
      void router.navigate({
        to: '.',
        search: formatView(after, now),
        replace,
        resetScroll: false,
      });
    },
    [router],
  );
  return [view, change];
}

function textOnly(search: Readonly<Record<string, unknown>>): SearchRecord {
  return Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as const] : [],
    ),
  );
}
