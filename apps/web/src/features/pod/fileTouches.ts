import { dialectOfLabel } from '@forebear/model/words/agentWords';
import type { EventItem } from '../../api/answers.ts';

/** What was done to one path. */
export interface FileTouch {
  readonly path: string;
  /** Each verb with how often, in order of their first time. */
  readonly verbs: readonly { readonly verb: string; readonly count: number }[];
  readonly first: string | null;
  readonly last: string | null;
  /** Dialects of those who told of it. */
  readonly agents: readonly string[];
  /** Policies that reported it, and rules that spoke of it. */
  readonly policies: readonly string[];
}

interface Draft {
  /** Each verb with how often each agent told of it. */
  readonly verbs: Map<string, Map<string, number>>;
  readonly agents: Set<string>;
  readonly policies: Set<string>;
  first: string | null;
  last: string | null;
}

/**
 * Events of files by their path, in order of the first of each. Several agents that watch one process see the same: of each verb it
 * counts how often the one told of it that told most.
 */
export function fileTouches(
  events: readonly Pick<EventItem, 'file' | 'rule' | 'policy' | 'time' | 'label'>[],
): readonly FileTouch[] {
  const drafts = new Map<string, Draft>();
  for (const { file, rule, policy, time, label } of events) {
    if (file === null) continue;
    const draft = drafts.get(file.path) ?? newDraft();
    drafts.set(file.path, draft);
    const agent = dialectOfLabel(label);
    const times = draft.verbs.get(file.verb) ?? new Map<string, number>();
    draft.verbs.set(file.verb, times.set(agent, (times.get(agent) ?? 0) + 1));
    draft.agents.add(agent);
    for (const one of [policy, rule]) if (one !== null) draft.policies.add(one);
    if (time === null) continue;
    if (draft.first === null || time < draft.first) draft.first = time;
    if (draft.last === null || time > draft.last) draft.last = time;
  }
  return [...drafts].map(([path, { verbs, agents, policies, first, last }]) => ({
    path,
    verbs: [...verbs].map(([verb, times]) => ({ verb, count: Math.max(...times.values()) })),
    first,
    last,
    agents: [...agents],
    policies: [...policies],
  }));
}

function newDraft(): Draft {
  return {
    verbs: new Map(),
    agents: new Set(),
    policies: new Set(),
    first: null,
    last: null,
  };
}
