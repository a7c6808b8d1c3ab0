import type { GapDetail } from '../../event/event.ts';
import { enumOf, textOf, uint64Of } from '../read.ts';
import type { BodyReader } from './base.ts';
import { plainEvent } from './base.ts';

const throttleTypes = new Map([
  [0, 'THROTTLE_UNKNOWN'],
  [1, 'THROTTLE_START'],
  [2, 'THROTTLE_STOP'],
]);

/** `rate_limit_info`: the exporter dropped that many events of this node (D34). */
export const readRateLimit: BodyReader = (body, base, precision) => {
  const dropped = uint64Of(
    body.number_of_dropped_process_events ?? body.numberOfDroppedProcessEvents,
    precision,
  );
  const gap: GapDetail = {
    gap: 'rate_limit',
    ...(dropped === undefined ? {} : { count: Number(dropped) }),
  };
  return { ...base, kind: 'rate_limit', gap };
};

/** `process_throttle`: the kernel stopped or resumed reporting exec and exit of a cgroup (D35). */
export const readThrottle: BodyReader = (body, base) => {
  const cgroup = textOf(body.cgroup);
  const type = enumOf(body.type, throttleTypes);
  if (type !== 'THROTTLE_START' && type !== 'THROTTLE_STOP') {
    return plainEvent(base, 'other', cgroup);
  }
  const gap: GapDetail = {
    gap: type === 'THROTTLE_START' ? 'throttle_start' : 'throttle_stop',
    ...(cgroup === undefined ? {} : { cgroup }),
  };
  return { ...base, ...(cgroup === undefined ? {} : { subject: cgroup }), kind: 'throttle', gap };
};
