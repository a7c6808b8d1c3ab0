import { hasTrait, Trait } from '../../event/traits.ts';
import type { Flag } from '../derived.ts';
import type { FlagInput } from './flagInput.ts';

/** What is said of a card one of whose images never ran, because an agent prevented its exec; undefined: all ran. */
export function preventionOf({
  images,
  alerts,
}: Pick<FlagInput, 'images' | 'alerts'>): Pick<Flag, 'reason' | 'inputs'> | undefined {
  const prevented = images.find(({ fact }) => hasTrait(fact.traits, Trait.blocked));
  if (prevented === undefined) return undefined;
  const { fact, keys } = prevented;
  const program = fact.binary ?? 'The program';
  const told =
    alerts.find(({ blocked, process }) => blocked && keys.includes(process)) ??
    alerts.find(({ blocked }) => blocked);
  if (told === undefined) {
    return {
      reason: `${program} never ran: its exec was prevented.`,
      inputs: { binary: fact.binary ?? '' },
    };
  }
  const { rule, result, action, enforcer } = told;
  const outcome = result === '' ? '' : ` (${result})`;
  const who = rule === '' ? 'The agent' : rule;
  return {
    reason: `${program} never ran: ${who} prevented its exec${outcome}.`,
    inputs: { binary: fact.binary ?? '', rule, result, action, enforcer },
  };
}
