import type { CaseStore, SourceProgress } from '../store/ports.ts';

/** A sender that pushes: one source of a case, which never ends. */
export interface LiveSource {
  readonly id: string;
  /** All its pushes together, as one member: what the next push is added to. */
  progress: SourceProgress;
  /** Its pushes are taken in one after the other: when the last one so far is done. */
  turn: Promise<unknown>;
}

/** Senders of a case known at one time: the one that has been quiet longest is asked of the store again. */
const mostSenders = 1_000;
/** Damages that a member lists. */
const mostDamages = 100;

/** The live sources that pushes have named, by case. A case that is deleted takes its own with it. */
export class LiveSources {
  readonly #byCase = new WeakMap<CaseStore, Map<string, LiveSource>>();

  find(store: CaseStore, sender: string): LiveSource | undefined {
    const known = this.#byCase.get(store);
    const source = known?.get(sender);
    if (source === undefined) return undefined;
    // In order of their last push.
    known?.delete(sender);
    known?.set(sender, source);
    return source;
  }

  keep(store: CaseStore, sender: string, source: LiveSource): LiveSource {
    const known = this.#byCase.get(store) ?? new Map<string, LiveSource>();
    this.#byCase.set(store, known);
    known.set(sender, source);
    const [quietest] = known.keys();
    if (known.size > mostSenders && quietest !== undefined) known.delete(quietest);
    return source;
  }
}

/** What a live source has come to with one more push: bytes, records and damages of all, as of one member. */
export function addPush(
  before: SourceProgress,
  push: SourceProgress,
  name: string,
): SourceProgress {
  const formats = new Map(Object.entries(before.formats));
  for (const [format, count] of Object.entries(push.formats))
    formats.set(format, (formats.get(format) ?? 0) + count);
  const parts = [...before.members, ...push.members];
  return {
    bytesReceived: before.bytesReceived + push.bytesReceived,
    formats: Object.fromEntries(formats),
    members: [
      {
        name,
        bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
        records: parts.reduce((sum, { records }) => sum + records, 0),
        damage: parts.flatMap(({ damage }) => damage).slice(0, mostDamages),
      },
    ],
  };
}
