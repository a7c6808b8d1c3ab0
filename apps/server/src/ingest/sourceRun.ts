import type { Nanos } from '@forebear/model/event/time';
import type { Ledger } from '@forebear/model/wire/primitives';
import type { Source, SourceState } from '@forebear/model/wire/sources';
import { countAndHash } from '../intake/countAndHash.ts';
import type { Intake, Member } from '../intake/member.ts';
import { openMembers } from '../intake/openMembers.ts';
import type { FactStore, SourceProgress } from '../store/ports.ts';
import { AppendWindow } from './appendWindow.ts';
import type { Decoding } from './decoding.ts';
import { RunTally } from './runTally.ts';

export interface RunDeps {
  readonly facts: FactStore;
  readonly decoding: Decoding;
  /** For archives, which are read in rotation order and so from disk. */
  readonly spoolDir: string;
  readonly now: () => Nanos;
}

export interface RunRequest {
  readonly sourceId: string;
  readonly name: string;
  readonly cluster: string;
  readonly format: string;
  readonly body: AsyncIterable<Uint8Array>;
  /** The name is a file's, which may tell where its records come from; else a sender's. */
  readonly isNamed: boolean;
  /** The body's chunks are given away (`IntakeOptions`). */
  readonly ownsChunks: boolean;
  readonly signal: AbortSignal;
  /** What the source comes to with this run, when it has had others. */
  readonly totalOf?: (run: SourceProgress) => SourceProgress;
  /** After each commit. */
  readonly onProgress: (progress: SourceProgress, ledger: Ledger) => void;
}

/** What a run came to. `ledger` is what this run added. */
export interface RunResult {
  readonly state: Exclude<SourceState, 'receiving' | 'live'>;
  readonly progress: SourceProgress;
  readonly sha256: string | undefined;
  readonly gaps: Source['gaps'];
  readonly note: string;
  readonly ledger: Ledger;
  readonly decoded: number;
  readonly reasons: ReadonlyMap<string, number>;
  /** How the first records begin that were not read. */
  readonly firstUnread: readonly string[];
  /** Quarantined records by the formats that came close to them. */
  readonly near: ReadonlyMap<string, number>;
}

/**
 * Takes one body in: received, opened, decoded, committed, in that order and with back-pressure from the last to the
 * first. A body that breaks off or is cancelled keeps what is in. Throws what the store throws (a full disk).
 */
export async function runSource(deps: RunDeps, request: RunRequest): Promise<RunResult> {
  const counted = countAndHash(request.body);
  // A store that fails ends the run at once, whatever the sender still has to say.
  const failed = new AbortController();
  const intake = openMembers(counted.chunks, {
    name: request.name,
    spoolDir: deps.spoolDir,
    signal: AbortSignal.any([request.signal, failed.signal]),
    ownsChunks: request.ownsChunks,
  });
  const tally = new RunTally();
  const progress = (): SourceProgress => {
    const own = tally.progress(counted.receipt().bytes);
    return request.totalOf?.(own) ?? own;
  };
  const appends = new AppendWindow(
    (added) => {
      tally.commit(added);
      request.onProgress(progress(), tally.ledger);
    },
    (error) => failed.abort(error),
  );
  let broken: unknown;
  try {
    await takeMembers(deps, request, { intake, tally, appends, progress });
  } catch (error) {
    failed.signal.throwIfAborted();
    if (!isEndOfBody(error, request.signal)) throw error;
    broken = error;
  }
  await appends.settle();
  tally.noteDamage(intake);
  const receipt = counted.receipt();
  return {
    state: stateOf(request.signal, broken, intake),
    progress: progress(),
    sha256: receipt.complete ? receipt.sha256 : undefined,
    gaps: gapsOf(intake, broken),
    note: noteOf(request.signal, broken, intake),
    ledger: tally.ledger,
    decoded: tally.decoded,
    reasons: tally.reasons,
    firstUnread: tally.firstUnread,
    near: tally.near,
  };
}

/** Reads one member after the other, and hands its batches to the store as they come. */
async function takeMembers(
  deps: RunDeps,
  request: RunRequest,
  into: {
    readonly intake: Intake;
    readonly tally: RunTally;
    readonly appends: AppendWindow;
    readonly progress: () => SourceProgress;
  },
): Promise<void> {
  const { intake, tally, appends } = into;
  let membersTold = 0;
  // Of the members only those that a batch may have moved, or an archive of thousands would be told of thousands of times.
  const moved = (): SourceProgress => {
    const { members: all, ...rest } = into.progress();
    const membersFrom = Math.max(membersTold - 1, 0);
    membersTold = all.length;
    return { ...rest, members: all.slice(membersFrom), membersFrom };
  };
  for await (const member of intake) {
    tally.enter(member);
    const stretches = deps.decoding.decode(member.chunks, {
      cluster: request.cluster,
      format: request.format,
      member: tally.count - 1,
      ...(request.isNamed ? { path: pathOf(member) } : {}),
      startsAt: member.startsAt,
      recordKey: deps.facts.recordKey,
    });
    for await (const { batches, isLast, report } of stretches) {
      tally.advance(report);
      for (const batch of batches)
        await appends.take(deps.facts.append(request.sourceId, batch, moved(), !isLast));
      request.signal.throwIfAborted();
    }
  }
}

/** The member's name with the folders that it and the archives around it lay in, without the names of the archives. */
function pathOf({ path, name }: Member): string {
  const folders = path
    .slice(0, -1)
    .map((archive) => archive.slice(0, archive.lastIndexOf('/') + 1));
  return folders.join('') + name;
}

/** The body broke off or was cancelled; anything else is our own failure and goes up. */
function isEndOfBody(error: unknown, signal: AbortSignal): boolean {
  if (signal.aborted) return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return (
    code === 'ECONNRESET' ||
    code === 'ERR_STREAM_PREMATURE_CLOSE' ||
    code === 'ABORT_ERR' ||
    code === 'EPIPE'
  );
}

function stateOf(signal: AbortSignal, broken: unknown, intake: Intake): RunResult['state'] {
  if (signal.aborted) return 'cancelled';
  if (broken !== undefined) return 'interrupted';
  return intake.damage().length > 0 ? 'damaged' : 'complete';
}

function noteOf(signal: AbortSignal, broken: unknown, intake: Intake): string {
  if (signal.aborted)
    return 'Cancelled. What had been committed is here; send it again for the rest.';
  if (broken !== undefined)
    return 'The sender broke off. What had been committed is here; send it again for the rest.';
  const [first] = intake.damage();
  if (first === undefined) return '';
  if (first.kind === 'truncated')
    return `Cut short: ${first.reason}, at byte ${first.compressedOffset}. Copy it again; what could be read is in.`;
  return `Damaged: ${first.reason} (byte ${first.compressedOffset} of the ${first.layer} layer). Everything that could be read is here.`;
}

/** Damages that a source lists as gaps. */
const mostGaps = 1000;

function gapsOf(intake: Intake, broken: unknown): Source['gaps'] {
  const gap = { cluster: '', node: '', from: null, to: null, count: null };
  const damages = intake.damage();
  const gaps: Source['gaps'] = damages.slice(0, mostGaps).map(({ kind, reason, path }) => ({
    ...gap,
    kind: kind === 'truncated' ? 'truncated' : 'damaged',
    detail: `${path.join(' > ')}: ${reason}`,
  }));
  const more = damages.length - mostGaps;
  const atLeast = intake.unlisted() > 0 ? 'at least ' : '';
  if (more > 0)
    gaps.push({ ...gap, kind: 'damaged', detail: `${atLeast}${more} more that are not listed` });
  if (broken !== undefined)
    gaps.push({ ...gap, kind: 'stream_cut', detail: 'The sender broke off.' });
  return gaps;
}
