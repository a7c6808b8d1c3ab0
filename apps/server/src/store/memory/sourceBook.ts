import { timeTextOf } from '@forebear/model/answer/timeText';
import { LabelCounts } from '@forebear/model/event/labelCounts';
import { formatTime, parseTime } from '@forebear/model/event/time';
import { earlier, later } from '@forebear/model/graph/order';
import type { Source } from '@forebear/model/wire/sources';
import { addTally, ledgerOf, type Tally } from '../ledger.ts';
import type { NewSource, SourceEnd, SourceProgress } from '../ports.ts';
import type { LoggedEvent } from './recordLog.ts';

/** The sources of a case, as the API shows them, in the order they began. */
export class SourceBook {
  readonly #sources = new Map<string, Source>();

  /** Undefined: the id is taken by a source that is not interrupted. */
  begin(source: NewSource): Source | undefined {
    const known = this.#sources.get(source.id);
    if (known !== undefined && known.state !== 'interrupted') return undefined;
    const begun: Source =
      known === undefined
        ? newSource(source)
        : { ...known, state: source.state, note: '', finishedAt: null };
    this.#sources.set(source.id, begun);
    return begun;
  }

  /** Adds what a batch brought. Throws for a source that was never begun. */
  advance(
    id: string,
    progress: SourceProgress,
    tally: Tally,
    events: readonly LoggedEvent[],
  ): void {
    const source = this.#sources.get(id);
    if (source === undefined) throw new Error(`source ${id} was never begun`);
    const kinds = new LabelCounts(Object.entries(source.kinds));
    let first = timeOf(source.firstTime);
    let last = timeOf(source.lastTime);
    for (const { label, time } of events) {
      kinds.add(label);
      first = earlier(first, time);
      last = later(last, time);
    }
    const sum: Tally = { ...source.ledger };
    addTally(sum, tally);
    this.#sources.set(id, {
      ...source,
      bytesReceived: progress.bytesReceived,
      members: membersOf(source, progress),
      formats: { ...progress.formats },
      kinds: Object.fromEntries(kinds.map()),
      ledger: ledgerOf(sum),
      firstTime: timeTextOf(first),
      lastTime: timeTextOf(last),
    });
  }

  /** Undefined: no such source. */
  end(id: string, end: SourceEnd): Source | undefined {
    const source = this.#sources.get(id);
    if (source === undefined) return undefined;
    const ended: Source = {
      ...source,
      state: end.state,
      finishedAt: formatTime(end.finishedAt),
      bytesReceived: end.bytesReceived,
      sha256: end.sha256 ?? null,
      members: membersOf(source, end),
      formats: { ...end.formats },
      gaps: end.gaps,
      note: end.note,
    };
    this.#sources.set(id, ended);
    return ended;
  }

  find(id: string): Source | undefined {
    return this.#sources.get(id);
  }

  list(): readonly Source[] {
    return [...this.#sources.values()];
  }
}

function membersOf(
  source: Source,
  { members, membersFrom = 0 }: SourceProgress,
): Source['members'] {
  return [...source.members.slice(0, membersFrom), ...members];
}

function newSource(source: NewSource): Source {
  return {
    id: source.id,
    name: source.name,
    kind: source.kind,
    state: source.state,
    cluster: source.cluster,
    formats: {},
    kinds: {},
    startedAt: formatTime(source.startedAt),
    finishedAt: null,
    bytesReceived: 0,
    bytesExpected: source.bytesExpected ?? null,
    sha256: null,
    members: [],
    ledger: { in: 0, stored: 0, duplicate: 0, quarantined: 0, skipped: 0, blank: 0, events: 0 },
    firstTime: null,
    lastTime: null,
    gaps: [],
    note: '',
  };
}

function timeOf(text: string | null) {
  return text === null ? undefined : parseTime(text);
}
