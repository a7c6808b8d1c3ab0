import type { ToldAlert, WireAuthor } from '@forebear/model/wire/judgements';
import type { TreeColumns, TreeNode } from '@forebear/model/wire/tree';
import { agentWords } from '@forebear/model/words/agentWords';
import { authorWords } from '@forebear/model/words/authorWords';
import { severityRank } from '@forebear/model/words/severityWords';
import { countText } from './figures.ts';
import { printable } from './printable.ts';

/** Different rules that are named; the rest are counted. */
const mostRules = 3;

/** What agents said of a process, a rule once, the gravest first: `ALERT Critical Terminal shell in container (×2)`. */
export function alertTexts({
  alerts,
  alertCount,
}: Pick<TreeNode, 'alerts' | 'alertCount'>): string[] {
  const rules = new Map<string, { readonly alert: ToldAlert; count: number }>();
  for (const alert of alerts) {
    const key = `${alert.severity}\0${alert.source}\0${alert.rule}`;
    const known = rules.get(key);
    if (known === undefined) rules.set(key, { alert, count: 1 });
    else known.count += 1;
  }
  const ordered = [...rules.values()].sort(
    (a, b) => severityRank(a.alert.severity) - severityRank(b.alert.severity),
  );
  const shown = ordered.slice(0, mostRules);
  const texts = shown.map(({ alert, count }) => {
    const times = count > 1 ? ` (×${countText(count)})` : '';
    return `ALERT ${alert.severity} ${printable(alert.rule)}${times}`;
  });
  const rest = alertCount - shown.reduce((sum, { count }) => sum + count, 0);
  return rest > 0 ? [...texts, `and ${countText(rest)} more`] : texts;
}

/** Who had a process started: `BY jane (as admin) from 203.0.113.9`; with a question mark where other calls fit as well. */
export function authorText(author: WireAuthor | null): string {
  if (author === null) return '';
  const { sourceIps, match } = author;
  const from = sourceIps.length === 0 ? '' : ` from ${sourceIps.join(', ')}`;
  return printable(`BY ${authorWords(author)}${from}${match === 'ambiguous' ? '?' : ''}`);
}

/** Who speaks of a tree, when it is not one agent alone: `told by Tetragon (24), Falco (17), Hubble`. */
export function agentsText(agents: TreeColumns['agents']): string {
  if (agents.length < 2) return '';
  const names = agents.map(({ agent, processes }) =>
    processes === 0 ? agentWords(agent) : `${agentWords(agent)} (${countText(processes)})`,
  );
  return `told by ${printable(names.join(', '))}`;
}
