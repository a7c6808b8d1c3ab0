import type { ContainerSighting, PodSighting } from '../../event/sighting.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import {
  integerOf,
  isObject,
  type JsonObject,
  type Precision,
  textOf,
  timeOf,
  uint64Of,
} from '../read.ts';
import type { Call } from './call.ts';
import { resultOf } from './info.ts';
import { fieldsOf } from './ownFields.ts';

/** Tells an object as `sysdig -j` writes it. */
export function isSysdigObject(value: unknown): value is JsonObject {
  if (!isObject(value) || typeof value['evt.type'] !== 'string') return false;
  const direction = value['evt.dir'];
  if (direction !== '<' && direction !== '>') return false;
  return 'evt.num' in value || 'evt.outputtime' in value;
}

/** Reads such an object. */
export function readObject(value: JsonObject, precision: Precision): Call {
  const name = known(value['proc.name']) ?? '';
  const time = value['evt.outputtime'] ?? value['evt.rawtime'];
  const tid = integerOf(value['thread.tid']);
  const info = (textOf(value['evt.info']) ?? textOf(value['evt.args']) ?? '').trimEnd();
  const fields = fieldsOf(value, precision);
  return {
    time: momentOf(time, precision) ?? timeOf(time),
    clock: clockOf(time),
    name,
    pid: integerOf(value['proc.pid']) ?? tid,
    tid,
    direction: value['evt.dir'] === '>' ? 'enter' : 'exit',
    type: textOf(value['evt.type']) ?? '',
    info,
    result: resultOf(info) ?? fields.result,
    fields,
    pod: podOf(value),
    container: containerOf(value),
    isOfHost: known(value['container.id']) === 'host',
  };
}

/** Nanoseconds since 1970; a smaller number (`-t r`, `-t d`) counts from elsewhere. */
const EARLIEST = 100_000_000_000_000_000n;
const LATEST = 2n ** 63n;

function momentOf(value: unknown, precision: Precision): Nanos | undefined {
  const number = uint64Of(value, precision);
  if (number === undefined || number < EARLIEST || number >= LATEST) return undefined;
  return nanos(number);
}

function clockOf(value: unknown): string {
  return typeof value === 'string' && /^\d\d:\d\d:\d\d\.\d{9}$/.test(value) ? value : '';
}

/** Text that is not sysdig's word for nothing. */
function known(value: unknown): string | undefined {
  const text = textOf(value);
  return text === '<NA>' ? undefined : text;
}

function containerOf(value: JsonObject): ContainerSighting | undefined {
  const id = known(value['container.id']);
  if (id === undefined || id === 'host') return undefined;
  const name = known(value['container.name']);
  const imageName = known(value['container.image']);
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(imageName === undefined ? {} : { imageName }),
  };
}

function podOf(value: JsonObject): PodSighting | undefined {
  const name = known(value['k8s.pod.name']);
  return name === undefined ? undefined : { namespace: known(value['k8s.ns.name']) ?? '', name };
}
