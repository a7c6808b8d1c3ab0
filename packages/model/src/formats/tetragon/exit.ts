import { Trait } from '../../event/traits.ts';
import { countOf, textOf, timeOf } from '../read.ts';
import type { BodyReader } from './base.ts';

/**
 * `process_exit`. A missing status is 0, protobuf's default, unless a signal ended the process or the agent does not know
 * the process from its start: then the code is unknown (D41).
 */
export const readExit: BodyReader = (body, base) => {
  const signal = textOf(body.signal);
  const status = countOf(body.status);
  const lateToAgent = Trait.procfs | Trait.unknownToAgent;
  const known =
    base.process !== undefined &&
    (base.process.traits & lateToAgent) === 0 &&
    !base.process.id.startsWith('unattributed:');
  const code = status ?? (signal === undefined && known ? 0 : undefined);
  const time = base.time ?? timeOf(body.time);
  return {
    ...base,
    ...(time === undefined ? {} : { time }),
    kind: 'exit',
    exit: {
      ...(code === undefined ? {} : { code }),
      ...(signal === undefined ? {} : { signal }),
    },
  };
};
