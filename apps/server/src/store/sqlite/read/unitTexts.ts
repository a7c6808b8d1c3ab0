import { homePods } from '@forebear/model/answer/homePods';
import type { Part } from '@forebear/model/answer/part';
import { textsOf } from '@forebear/model/answer/subjects';
import type { Filter } from '@forebear/model/query/filter';
import { needlesOf } from '@forebear/model/query/scope';
import type { CaseUnit } from './caseUnits.ts';

/** Letters kept of all units together; of the others nothing can be told. */
const maxLetters = 32 * 1024 * 1024;

/**
 * The texts by which a filter finds what is in a unit, kept when the unit is derived for a list: most of what is looked for
 * stands in few units, and the others need not be derived again to know.
 */
export class UnitTexts {
  readonly #texts = new Map<number, string>();
  #letters = 0;

  keep(number: number, { derived, ownsProcess, ownsPod }: Part): void {
    if (this.#texts.has(number) || this.#letters >= maxLetters) return;
    const texts = new Set<string>();
    const homes = homePods(derived);
    for (const [index, process] of derived.processes.entries())
      if (ownsProcess(index) || ownsPod(homes[index] ?? -1))
        for (const text of textsOf(derived, process)) texts.add(text);
    // No needle has a line's end in it: none is found across two texts.
    const text = [...texts].join('\n').toLowerCase();
    if (this.#letters + text.length > maxLetters) return;
    this.#texts.set(number, text);
    this.#letters += text.length;
  }

  /**
   * Numbers of units in which a filter finds nothing. Those of hosts are told together: an item of a host is made of all its
   * parts, whichever of them is found.
   */
  without(filter: Filter, units: readonly CaseUnit[]): ReadonlySet<number> {
    const needles = needlesOf(filter);
    const lacks = (number: number): boolean => {
      const text = this.#texts.get(number);
      return text !== undefined && needles.some((needle) => !text.includes(needle));
    };
    const lacking = new Set<number>();
    let hostsLack = true;
    for (const [number, { kind }] of units.entries()) {
      if (lacks(number)) lacking.add(number);
      else if (kind === 'hosts') hostsLack = false;
    }
    if (!hostsLack)
      for (const [number, { kind }] of units.entries())
        if (kind === 'hosts') lacking.delete(number);
    return lacking;
  }

  /** The facts have changed. */
  clear(): void {
    this.#texts.clear();
    this.#letters = 0;
  }
}
