import type { DerivedProcess, FlagCode } from '../graph/derived.ts';
import { isPressingAlert } from '../graph/flags/pressingAlert.ts';

/** What makes a process loud whatever its time, gravest first. */
const marks: readonly FlagCode[] = ['left_container', 'late_container'];
/** What makes a late process loud by itself. */
const pressing: readonly FlagCode[] = ['late_new', 'new_external_destination', 'raised_to_root'];

/** What a process stands out for without being loud, gravest first: codes of flags, and the role of what came from outside. */
export const quietMarks = [
  'raised_to_root',
  'unaccounted',
  'unlinked_binary',
  'blocked',
  'policy_hit',
  'raised_privileges',
  'hidden_characters',
  'injected',
] as const;
export type QuietMark = (typeof quietMarks)[number];

/** Those of `quietMarks` that a process has. */
export function quietMarksOf({ flags, role }: DerivedProcess): readonly QuietMark[] {
  if (flags.length === 0 && role !== 'injected') return noMarks;
  const has = (mark: QuietMark): boolean =>
    mark === 'injected' ? role === 'injected' : flags.some(({ code }) => code === mark);
  // Who became root is not told a second time to have raised privileges.
  return quietMarks.filter(
    (mark) => has(mark) && (mark !== 'raised_privileges' || !has('raised_to_root')),
  );
}

const noMarks: readonly QuietMark[] = [];

/** What a process is loud for other than its time, by code of its flag. */
export function outOfPlaceOf({ flags }: DerivedProcess): FlagCode[] {
  return marks.filter((mark) => flags.some(({ code }) => code === mark));
}

/** Whether it is loud for its time: late, and new or not to be quiet about. What is out of place is loud without that. */
export function isLateNew(process: DerivedProcess): boolean {
  if (!process.loud || !process.late) return false;
  return (
    outOfPlaceOf(process).length === 0 ||
    process.flags.some(({ code }) => pressing.includes(code)) ||
    process.alerts.some(isPressingAlert)
  );
}

/** Whether a process, as another one's row names it, is loud: late and new, or out of place. */
export function standsOut({
  lateNew,
  outOfPlace,
}: {
  readonly lateNew: boolean;
  readonly outOfPlace: readonly string[];
}): boolean {
  return lateNew || outOfPlace.length > 0;
}
