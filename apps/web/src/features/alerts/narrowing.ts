import { agentWords } from '@forebear/model/words/agentWords';
import type { AlertsQuestion } from '../../api/queries.ts';
import { filterParts, type Part } from '../../lists/narrowing.ts';
import { questionOf } from '../../url/question.ts';
import type { View } from '../../url/view.ts';

/** What the API is asked for the list of a view. */
export function alertsQuestion(view: View): AlertsQuestion {
  const { severities, agents, rule, tag } = view;
  return {
    ...questionOf(view),
    ...(severities.length === 0 ? {} : { severity: severities.join(',') }),
    ...(agents.length === 0 ? {} : { source: agents.join(',') }),
    ...(rule === undefined ? {} : { rule }),
    ...(tag === undefined ? {} : { tag }),
    ...(view.sort === 'time' ? { order: 'time' as const } : {}),
  };
}

/** Everything that narrows the list, as parts to take out. The time has its own chip. */
export function narrowingParts(view: View): readonly Part[] {
  const { severities, agents, rule, tag } = view;
  return [
    ...severities.map((one) => ({
      text: `severity ${one}`,
      without: { severities: severities.filter((other) => other !== one) },
    })),
    ...agents.map((one) => ({
      text: `agent ${agentWords(one)}`,
      without: { agents: agents.filter((other) => other !== one) },
    })),
    ...(rule === undefined ? [] : [{ text: `rule ${rule}`, without: { rule: undefined } }]),
    ...(tag === undefined ? [] : [{ text: `tag ${tag}`, without: { tag: undefined } }]),
    ...filterParts(view),
  ];
}

/** The view with nothing chosen. */
export const unnarrowed = {
  severities: [],
  agents: [],
  rule: undefined,
  tag: undefined,
  filter: '',
  range: undefined,
} as const satisfies Partial<View>;

/** A choice with one value more, or without it when it has it. */
export function toggled(chosen: readonly string[], value: string): readonly string[] {
  return chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
}

const AROUND_MS = 60_000;

/** The minute before and after a time of the log; undefined: it has none. */
export function rangeAround(time: string | null): View['range'] {
  const ms = time === null ? Number.NaN : Date.parse(time);
  if (Number.isNaN(ms)) return undefined;
  const at = (moment: number) => ({ at: new Date(moment).toISOString() });
  return { from: at(ms - AROUND_MS), to: at(ms + AROUND_MS) };
}
