import type { DerivedProcess, FlagCode } from '../graph/derived.ts';

/** What makes a process loud whatever its time, gravest first. */
const marks: readonly FlagCode[] = ['left_container', 'late_container'];
/** What makes a late process loud by itself. */
const pressing: readonly FlagCode[] = ['late_new', 'new_external_destination', 'raised_to_root'];

/** What a process is loud for other than its time, by code of its flag. */
export function outOfPlaceOf({ flags }: DerivedProcess): FlagCode[] {
  return marks.filter((mark) => flags.some(({ code }) => code === mark));
}

/** Whether it is loud for its time: late, and new or not to be quiet about. What is out of place is loud without that. */
export function isLateNew(process: DerivedProcess): boolean {
  if (!process.loud || !process.late) return false;
  return (
    outOfPlaceOf(process).length === 0 || process.flags.some(({ code }) => pressing.includes(code))
  );
}
