import type { AuditFact } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import type { Author } from '../derived.ts';
import { earlier, later } from '../order.ts';
import type { Call } from './call.ts';
import { type Asked, CommandReader, isRunning, type Running, type Told } from './command.ts';
import { surePairs } from './surePairs.ts';

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
  for (const [process, { call, isSure }] of callOf) {
    const candidates = fitting.get(process)?.length ?? 1;
    authors.set(process.card, authorOf(call, isSure, candidates));
  }
  return {
    authors,
    started: startedOf(callOf),
    unaccounted: unaccountedOf(injected, authors, audits),
  };
}

/** A call with its command, read once: many processes are compared with it. */
interface ReadCall {
  readonly call: Call;
  /** Undefined: none that has a name. */
  readonly asked: Asked | undefined;
}

function candidatesOf(
  calls: readonly Call[],
  injected: readonly Injected[],
): Map<Injected, readonly Call[]> {
  const reader = new CommandReader();
  const byPod = new Map<number, ReadCall[]>();
  for (const call of calls) {
    if (call.target === undefined) continue;
    const read = { call, asked: reader.asked(call.audit.command) };
    const known = byPod.get(call.target);
    if (known === undefined) byPod.set(call.target, [read]);
    else known.push(read);
  }
  const fitting = new Map<Injected, readonly Call[]>();
  for (const process of injected) {
    const near = nearCalls(byPod.get(process.pod) ?? [], process.start);
    if (near.length === 0) continue;
    const images = process.images.map((image) => reader.told(image));
    const calling = near.filter((read) => fits(read, process, images));
    if (calling.length === 0) continue;
    fitting.set(
      process,
      calling.map(({ call }) => call),
    );
  }
  return fitting;
}

/** Those that came in from five seconds before the start to a second after; `calls` are in order of time. */
function nearCalls(calls: readonly ReadCall[], start: Nanos | undefined): ReadCall[] {
  if (start === undefined) return [];
  let low = 0;
  let high = calls.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const received = calls[middle]?.call.received;
    if (received !== undefined && received < start - PATIENCE) low = middle + 1;
    else high = middle;
  }
  const near: ReadCall[] = [];
  for (let index = low; index < calls.length && near.length < MOST_CANDIDATES; index += 1) {
    const read = calls[index];
    if (read?.call.received === undefined || read.call.received > start + AHEAD) break;
    near.push(read);
  }
  return near;
}

function fits({ call, asked }: ReadCall, process: Injected, images: readonly Told[]): boolean {
  const { container } = call.audit;
  const isThere = container === '' || process.container === '' || container === process.container;
  return isThere && asked !== undefined && images.some((image) => isRunning(image, asked));
}

interface Settled {
  readonly call: Call;
  readonly isSure: boolean;
}

/** Takes what is sure first; the others take the nearest of what is left. */
function settlePairs(fitting: ReadonlyMap<Injected, readonly Call[]>): Map<Injected, Settled> {
  const settled = new Map<Injected, Settled>();
  const sure = surePairs(fitting);
  for (const [process, call] of sure) settled.set(process, { call, isSure: true });
  const taken = new Set(sure.values());
  for (const [process, calls] of fitting) {
    if (sure.has(process)) continue;
    const left = calls.filter((call) => !taken.has(call));
    const call = nearestOf(left.length > 0 ? left : calls, process.start);
    if (call !== undefined) settled.set(process, { call, isSure: false });
  }
  return settled;
}

/** The process that is sure of a call, else the first of those that may be its. */
function startedOf(settled: ReadonlyMap<Injected, Settled>): Map<Call, number> {
  const sure = new Set<Call>();
  const started = new Map<Call, number>();
  for (const [{ card }, { call, isSure }] of settled) {
    if (sure.has(call)) continue;
    if (isSure) sure.add(call);
    started.set(call, isSure ? card : Math.min(card, started.get(call) ?? card));
  }
  return started;
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
