/** Where the same command was seen before, when an image is late and not new; or why that cannot be said. */
export type NoveltyReason =
  | 'in_time'
  | 'as_its_parent'
  | 'seen_in_container'
  | 'seen_in_workload'
  | 'not_seen'
  | 'first_seen'
  | 'not_covered'
  | 'no_start'
  | 'host';
