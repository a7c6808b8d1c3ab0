import type { EventItem } from '../../api/answers.ts';

/** What was done to one path. */
export interface FileTouch {
  readonly path: string;
  /** Each verb with how often, in order of their first time. */
  readonly verbs: readonly { readonly verb: string; readonly count: number }[];
  readonly count: number;
  readonly first: string | null;
  readonly last: string | null;
  /** Dialects of those who told of it. */
  readonly agents: readonly string[];
  /** Policies that reported it. */
  readonly policies: readonly string[];
}

interface Draft {
  readonly verbs: Map<string, number>;
  readonly agents: Set<string>;
  readonly policies: Set<string>;
  count: number;
  first: string | null;
  last: string | null;
}

/** Events of files by their path, in order of the first of each. What one agent repeats of another is counted as it was told. */
export function fileTouches(
  events: readonly Pick<EventItem, 'summary' | 'policy' | 'time' | 'label'>[],
): readonly FileTouch[] {
  const drafts = new Map<string, Draft>();
  for (const event of events) {
    const { verb, path } = touchOf(event);
    const draft = drafts.get(path) ?? newDraft();
    drafts.set(path, draft);
    draft.verbs.set(verb, (draft.verbs.get(verb) ?? 0) + 1);
    draft.agents.add(dialectOf(event.label));
    if (event.policy !== null) draft.policies.add(event.policy);
    draft.count += 1;
    const { time } = event;
    if (time === null) continue;
    if (draft.first === null || time < draft.first) draft.first = time;
    if (draft.last === null || time > draft.last) draft.last = time;
  }
  return [...drafts].map(([path, { verbs, agents, policies, count, first, last }]) => ({
    path,
    verbs: [...verbs].map(([verb, times]) => ({ verb, count: times })),
    count,
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
    count: 0,
    first: null,
    last: null,
  };
}

/** `read /etc/shadow · policy sensitive-files, action POST` is a verb, a path, and who reported it. */
function touchOf({ summary, policy }: Pick<EventItem, 'summary' | 'policy'>) {
  const end = policy === null ? -1 : summary.lastIndexOf(` · policy ${policy}`);
  const said = end < 0 ? summary : summary.slice(0, end);
  const space = said.indexOf(' ');
  return space < 0
    ? { verb: 'touched', path: said }
    : { verb: said.slice(0, space), path: said.slice(space + 1) };
}

/** A label begins with its dialect; those of Tetragon, which was there first, do not. */
function dialectOf(label: string): string {
  const at = label.indexOf(':');
  return at < 0 ? 'tetragon' : label.slice(0, at);
}
