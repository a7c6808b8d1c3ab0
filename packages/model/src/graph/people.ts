import type { AlertFact, Facts } from '../event/facts.ts';
import { alertsByOwner } from './alerts.ts';
import { type Authors, authorsOf } from './authors/authors.ts';
import type { Call } from './authors/call.ts';
import { alertKey, startedByAlerts } from './authors/callAlerts.ts';
import { accountPodsOf, callsOf, podsOfAccounts } from './authors/calls.ts';
import { injectedOf } from './authors/injected.ts';
import { apiClientsOf, type Maker, makersOf } from './authors/makers.ts';
import type { Author, DerivedCall } from './derived.ts';
import type { JudgedCards } from './judgedCards.ts';
import type { KnownCards } from './knownCards.ts';
import type { NetworkResult } from './networkContract.ts';
import type { NetworkQuestion } from './networkQuestion.ts';

/** Who had something done through the API server, and what agents said of whom. */
export interface People {
  readonly calls: readonly DerivedCall[];
  /** By card. */
  readonly authors: ReadonlyMap<number, Author>;
  /** Cards that the audit log covers and does not explain. */
  readonly unaccounted: ReadonlySet<number>;
  /** By card, then by place behind the cards. */
  readonly alerts: readonly (readonly AlertFact[])[];
  /** By `alertKey`: the card that the call started of which the alert speaks. */
  readonly alertCards: ReadonlyMap<string, number>;
}

/** Matches calls to the processes that they started and that made them; then every alert has an owner. */
export function peopleOf(
  { audits, alerts }: Pick<Facts, 'audits' | 'alerts'>,
  known: KnownCards,
  { injected, role }: Pick<JudgedCards, 'injected' | 'role'>,
  question: NetworkQuestion,
  { leavesByProcess }: NetworkResult,
): People {
  const calls = callsOf(audits, question.podNames, question.podAddresses);
  const makers = makersOf(calls, apiClientsOf(known, leavesByProcess));
  const found = authorsOf(calls, injectedOf(known, injected, role), audits);
  const alertCards = alertCardsOf(alerts, found, known, question);
  return {
    calls: derivedCalls(calls, found, makers),
    authors: found.authors,
    unaccounted: found.unaccounted,
    alerts: alertsByOwner(
      alerts,
      known.forest.cards.length + question.places.length,
      (alert) => alertCards.get(alertKey(alert)) ?? question.ownerOf(alert.process, alert.time),
    ),
    alertCards,
  };
}

/** Only what is said of a pod, and not of a process, may speak of a call. */
function alertCardsOf(
  alerts: readonly AlertFact[],
  found: Authors,
  { forest }: KnownCards,
  { ownerOf, places }: NetworkQuestion,
): ReadonlyMap<string, number> {
  return startedByAlerts(alerts, found, (alert) => {
    const owner = ownerOf(alert.process, alert.time);
    return owner === undefined ? undefined : places[owner - forest.cards.length]?.pod;
  });
}

function derivedCalls(
  calls: readonly Call[],
  { started }: Authors,
  makers: ReadonlyMap<Call, Maker>,
): DerivedCall[] {
  const accounts = podsOfAccounts(calls);
  return calls.map((call) => ({
    ...call,
    process: started.get(call),
    madeBy: makers.get(call)?.card,
    makers: makers.get(call)?.candidates ?? 0,
    accountPods: accountPodsOf(call, accounts),
  }));
}
