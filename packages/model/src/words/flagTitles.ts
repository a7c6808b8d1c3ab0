import { randomNameWords } from './nameWords.ts';

const titles: ReadonlyMap<string, string> = new Map([
  ['late_new', 'Late and new'],
  ['late_seen', 'Late, seen before'],
  ['novelty_unknown', 'Novelty unknown'],
  ['new_external_destination', 'New external destination'],
  ['random_name', `Name ${randomNameWords}`],
  ['raised_to_root', 'Rose to root'],
  ['late_container', 'Late container'],
  ['left_container', 'Left its container'],
  ['suspect_parent', 'Suspect parent'],
  ['cycle_cut', 'Its own ancestor'],
  ['self_parent', 'Its own parent'],
  ['contradicted', 'Contradicted by the log'],
  ['activity_after_exit', 'Active after its exit'],
  ['clock_stepped', 'Clock was stepped'],
  ['ancestor_may_be_skipped', 'An ancestor may be missing'],
  ['truncated_by_agent', 'Cut short by the agent'],
  ['redacted_by_agent', 'Redacted by the agent'],
  ['unlinked_binary', 'Binary without a name'],
  ['raised_privileges', 'Raised privileges'],
  ['hidden_characters', 'Hidden characters'],
  ['lost_bytes', 'Lost bytes'],
  ['reobserved', 'Listed a second time'],
  ['container_inferred', 'Container is inferred'],
  ['pod_inferred', 'Pod is inferred'],
  ['main_unknown', 'Main is not in this log'],
  ['start_derived', 'Start derived from the id'],
  ['policy_hit', 'Reported by a policy'],
  ['main_unsure', 'Main is not sure'],
  ['blocked', 'Prevented: never ran'],
  ['unaccounted', 'Not through the API server'],
]);

/** What a flag is called; a code that we do not know is said as it came. */
export function flagTitle(code: string): string {
  return titles.get(code) ?? code.replaceAll('_', ' ');
}
