import { compareText } from '../graph/order.ts';
import type { ToldRule } from '../wire/judgements.ts';
import { seenAlert } from './agentIds.ts';

/** What rules said of the processes of one tree, each different saying once: as filters see it, without its text. */
export class ToldRules {
  readonly #rows = new Map<string, number>();
  readonly #rules: ToldRule[] = [];

  /** The rows of what was said of a process; null: nothing was. */
  rowsOf(alerts: readonly Parameters<typeof seenAlert>[0][]): number[] | null {
    if (alerts.length === 0) return null;
    return [...new Set(alerts.map((alert) => this.#rowOf(alert)))];
  }

  /** Every saying in order of its row. */
  rules(): ToldRule[] {
    return this.#rules;
  }

  #rowOf(alert: Parameters<typeof seenAlert>[0]): number {
    const { rule, severity, tags, source } = seenAlert(alert);
    const told = { source, rule, severity: alert.severity, tags: tags.toSorted(compareText) };
    const key = JSON.stringify([source, rule, severity, told.tags]);
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    this.#rows.set(key, this.#rules.length);
    return this.#rules.push(told) - 1;
  }
}
