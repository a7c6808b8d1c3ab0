import { isObject } from '../read.ts';
import { endsOf } from './ends.ts';
import { has } from './fields.ts';
import { plainShapeOf } from './shapes.ts';
import { writtenStreamOf } from './streamOf.ts';
import { zeekTime } from './time.ts';

/** What the decoder reads: a stream's name with a time, a connection's ids with a time or uid, or the columns of a stream. */
export function isZeekRecord(value: unknown): boolean {
  if (!isObject(value)) return false;
  const hasTime = zeekTime(value['ts']) !== undefined;
  if (endsOf(value) !== undefined) return has(value, 'ts') || has(value, 'uid');
  const stream = writtenStreamOf(value);
  if (stream !== undefined) {
    return hasTime || zeekTime(value['_write_ts']) !== undefined || stream === 'loaded_scripts';
  }
  return plainShapeOf(value, hasTime) !== undefined;
}
