import type { AuditFact } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import type { Author } from '../derived.ts';
import { earlier, later } from '../order.ts';
import type { Call } from './call.ts';
import { isRunning, type Running } from './command.ts';

/** A process that was put into a running container, probes left out. */
export interface Injected {
  readonly card: number;
  /** Index into `Derived.pods`. */
  readonly pod: number;
  /** The container's name; empty: not known. */
  readonly container: string;
  readonly start: Nanos | undefined;
  readonly images: readonly Running[];
}

export interface Authors {
  /** By card. */
  readonly authors: ReadonlyMap<number, Author>;
  /** By call: the card that it started. */
  readonly started: ReadonlyMap<Call, number>;
  /** Cards that the audit log covers and does not explain. */
  readonly unaccounted: ReadonlySet<number>;
}

const SECOND = 1_000_000_000n;
/** A process starts this long after its call at most (semantics, Author). */
const PATIENCE = 5n * SECOND;
/** The API server's clock may be ahead of the node's. */
const AHEAD = SECOND;
/** A call with more candidates than these is made up: looking at them bounds the work. */
const MOST_CANDIDATES = 1000;
/** Each round settles what the one before made sure; people need a handful. */
const MOST_ROUNDS = 100;

/**
 * Finds the call behind each injected process: same pod and container, the same command, started within five seconds. Where one process
 * has one call left that no other needs, that is it; what several calls or processes share stays ambiguous, and takes the nearest.
 */
export function authorsOf(
  calls: readonly Call[],
  injected: readonly Injected[],
  audits: readonly AuditFact[],
): Authors {
  const starting = calls.filter(({ mark }) => mark === 'exec');
  const fitting = candidatesOf(starting, injected);
  const callOf = settlePairs(fitting);
  const authors = new Map<number, Author>();
  const started = new Map<Call, number>();
  for (const [process, { call, isSure }] of callOf) {
    const candidates = fitting.get(process)?.length ?? 1;
    authors.set(process.card, authorOf(call, isSure, candidates));
    if (!started.has(call)) started.set(call, process.card);
  }
  return { authors, started, unaccounted: unaccountedOf(injected, authors, audits) };
}

function candidatesOf(
  calls: readonly Call[],
  injected: readonly Injected[],
): Map<Injected, readonly Call[]> {
  const byPod = new Map<number, Call[]>();
  for (const call of calls) {
    if (call.target === undefined) continue;
    const known = byPod.get(call.target);
    if (known === undefined) byPod.set(call.target, [call]);
    else known.push(call);
  }
  const fitting = new Map<Injected, readonly Call[]>();
  for (const process of injected) {
    const near = nearCalls(byPod.get(process.pod) ?? [], process.start);
    const calling = near.filter(({ audit }) => fits(audit, process));
    if (calling.length > 0) fitting.set(process, calling);
  }
  return fitting;
}

/** Those that came in from five seconds before the start to a second after; `calls` are in order of time. */
function nearCalls(calls: readonly Call[], start: Nanos | undefined): Call[] {
  if (start === undefined) return [];
  let low = 0;
  let high = calls.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const received = calls[middle]?.received;
    if (received !== undefined && received < start - PATIENCE) low = middle + 1;
    else high = middle;
  }
  const near: Call[] = [];
  for (let index = low; index < calls.length && near.length < MOST_CANDIDATES; index += 1) {
    const call = calls[index];
    if (call?.received === undefined || call.received > start + AHEAD) break;
    near.push(call);
  }
  return near;
}

function fits({ container, command }: AuditFact, process: Injected): boolean {
  const isThere = container === '' || process.container === '' || container === process.container;
  return isThere && process.images.some((image) => isRunning(image, command));
}

interface Settled {
  readonly call: Call;
  readonly isSure: boolean;
}

/** Takes what is forced first, as long as something is: a process with one call left that no other process with one call wants. */
function settlePairs(fitting: ReadonlyMap<Injected, readonly Call[]>): Map<Injected, Settled> {
  const settled = new Map<Injected, Settled>();
  const taken = new Set<Call>();
  const open = new Map(fitting);
  let isMoving = true;
  for (let round = 0; isMoving && round < MOST_ROUNDS; round += 1) {
    isMoving = false;
    const wanting = new Map<Call, Injected | undefined>();
    for (const [process, calls] of open) {
      const [only, other] = calls.filter((call) => !taken.has(call));
      if (only === undefined || other !== undefined) continue;
      // Of two that want it neither has it for sure.
      wanting.set(only, wanting.has(only) ? undefined : process);
    }
    for (const [call, process] of wanting) {
      if (process === undefined) continue;
      settled.set(process, { call, isSure: true });
      taken.add(call);
      open.delete(process);
      isMoving = true;
    }
  }
  for (const [process, calls] of open) {
    const left = calls.filter((call) => !taken.has(call));
    const call = nearestOf(left.length > 0 ? left : calls, process.start);
    if (call !== undefined) settled.set(process, { call, isSure: false });
  }
  return settled;
}

function nearestOf(calls: readonly Call[], start: Nanos | undefined): Call | undefined {
  let best: Call | undefined;
  for (const call of calls)
    if (best === undefined || apart(call, start) < apart(best, start)) best = call;
  return best;
}

function apart({ received }: Call, start: Nanos | undefined): bigint {
  if (received === undefined || start === undefined) return PATIENCE;
  return received > start ? received - start : start - received;
}

function authorOf({ audit, received }: Call, isSure: boolean, candidates: number): Author {
  const { user, impersonating, sourceIps, userAgent, command } = audit;
  return {
    user,
    impersonating,
    sourceIps,
    userAgent,
    command: command.join(' '),
    time: received,
    match: isSure ? 'exact' : 'ambiguous',
    candidates: isSure ? 1 : candidates,
  };
}

/** Injected, in a time of which the audit log of the case tells, and by no call of it. */
function unaccountedOf(
  injected: readonly Injected[],
  authors: ReadonlyMap<number, Author>,
  audits: readonly AuditFact[],
): Set<number> {
  let first: Nanos | undefined;
  let last: Nanos | undefined;
  for (const { time, received } of audits) {
    first = earlier(first, received ?? time);
    last = later(last, time);
  }
  const unaccounted = new Set<number>();
  if (first === undefined || last === undefined) return unaccounted;
  for (const { card, start } of injected) {
    if (start === undefined || authors.has(card)) continue;
    if (start >= first && start <= last) unaccounted.add(card);
  }
  return unaccounted;
}
