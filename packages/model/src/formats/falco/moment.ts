import type { Nanos } from '../../event/time.ts';
import type { Precision } from '../read.ts';

/** Where and when a record's processes were seen: what their ids begin with. */
export interface Moment {
  readonly node: string;
  readonly time: Nanos | undefined;
  readonly precision: Precision;
}
