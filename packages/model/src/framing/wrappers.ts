import { COLON, isBlankByte, isDigit, OPEN_BRACE, OPEN_BRACKET, SPACE, TAB } from './ascii.ts';
import type { Wrapper } from './framed.ts';
import { decodeLatin1, decodeText } from './text.ts';

/** A line whose prefix was recognised: the value begins at `start`. `partial`: the container runtime cut the line here. */
export interface Unwrapped {
  readonly wrapper: Wrapper;
  readonly start: number;
  readonly partial: boolean;
}

const PREFIX_BYTES = 512;
const TIME_BYTES = 96;
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*/;
const CRI = /^(\d{4}-\d\d-\d\dT\S+) (stdout|stderr) ([A-Z:]+)(?: |$)/;
const FLUENTD = /^(\d{4}-\d\d-\d\d[T ][^\t]*)\t([^\t]*)\t$/;
const POD = /^\[((?:pod|container)\/[^\]\s]*)\] ?/;
const NONE: Wrapper = { kind: 'numbered', time: undefined, stream: undefined, tag: undefined };

/**
 * Strips what log collectors and `kubectl logs` put before a value: the CRI prefix, `--timestamps`, `--prefix`, Fluentd's
 * `time<TAB>tag<TAB>`, line numbers, and any of them one after another. `undefined` when the line has no such prefix.
 * CRI and pod prefixes are recognised whatever follows, the others only before a `{`.
 */
export function unwrapLine(line: Uint8Array): Unwrapped | undefined {
  const found = stripLine(line);
  if (found === undefined) return undefined;
  const certain = found.wrapper.stream !== undefined || found.wrapper.tag !== undefined;
  return certain || line[found.start] === OPEN_BRACE ? found : undefined;
}

/** The same whatever follows, of a line that may have something of its own that looks like such a prefix. */
export function stripLine(line: Uint8Array): Unwrapped | undefined {
  let found: Unwrapped | undefined;
  for (let round = 0; round < 4; round++) {
    const next = stripOne(line, found?.start ?? 0);
    if (next === undefined) break;
    const { wrapper } = next;
    found = {
      ...next,
      wrapper: {
        kind:
          wrapper.kind === 'numbered' && found !== undefined ? found.wrapper.kind : wrapper.kind,
        time: wrapper.time ?? found?.wrapper.time,
        stream: wrapper.stream ?? found?.wrapper.stream,
        tag: wrapper.tag ?? found?.wrapper.tag,
      },
    };
    // What follows a CRI prefix may be the middle of a value: it is taken as it is.
    if (wrapper.kind === 'cri') return found;
  }
  return found;
}

/** Whether a line that starts like this one is surely wrapped: the first 12 bytes are enough to tell. */
export function startsWrapped(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] === OPEN_BRACKET) {
    return /^\[(pod|container)/.test(decodeLatin1(bytes.subarray(at, at + 10)));
  }
  if (!isDigit(bytes[at])) return false;
  let end = at;
  while (end - at < 10 && isDigit(bytes[end])) end++;
  if (bytes[end] === COLON || bytes[end] === TAB) return true;
  return end - at === 4 && /^\d{4}-\d\d-\d\d[T ]/.test(decodeLatin1(bytes.subarray(at, at + 11)));
}

function stripOne(line: Uint8Array, from: number): Unwrapped | undefined {
  if (line[from] === OPEN_BRACKET) return stripPod(line, from);
  if (!isDigit(line[from])) return undefined;
  const head = decodeLatin1(line.subarray(from, from + TIME_BYTES));
  const cri = CRI.exec(head);
  if (cri !== null) {
    const [prefix, time, stream, tags] = cri;
    return {
      wrapper: { ...NONE, kind: 'cri', time, stream },
      start: from + prefix.length,
      partial: tags?.split(':')[0] === 'P',
    };
  }
  return stripTime(line, from, head) ?? stripNumber(line, from);
}

function stripPod(line: Uint8Array, from: number): Unwrapped | undefined {
  const pod = POD.exec(decodeLatin1(line.subarray(from, from + PREFIX_BYTES)));
  if (pod === null) return undefined;
  const [prefix, tag] = pod;
  return {
    wrapper: { ...NONE, kind: 'kubectl', tag },
    start: from + prefix.length,
    partial: false,
  };
}

function stripTime(line: Uint8Array, from: number, head: string): Unwrapped | undefined {
  const time = TIME.exec(head);
  if (time === null) return undefined;
  const limit = Math.min(line.length, from + PREFIX_BYTES);
  const firstTab = line.indexOf(TAB, from);
  const secondTab = firstTab < 0 ? -1 : line.indexOf(TAB, firstTab + 1);
  if (secondTab > 0 && secondTab < limit && line[secondTab + 1] === OPEN_BRACE) {
    const fluentd = FLUENTD.exec(decodeLatin1(line.subarray(from, secondTab + 1)));
    if (fluentd !== null) {
      const tag = decodeText(line.subarray(firstTab + 1, secondTab));
      return {
        wrapper: { ...NONE, kind: 'fluentd', time: fluentd[1], tag },
        start: secondTab + 1,
        partial: false,
      };
    }
  }
  const end = from + time[0].length;
  if (line[end] !== SPACE) return undefined;
  return { wrapper: { ...NONE, kind: 'kubectl', time: time[0] }, start: end + 1, partial: false };
}

function stripNumber(line: Uint8Array, from: number): Unwrapped | undefined {
  let at = from;
  while (isDigit(line[at])) at++;
  if (at - from > 10 || (line[at] !== COLON && line[at] !== TAB)) return undefined;
  at++;
  while (isBlankByte(line[at])) at++;
  return { wrapper: NONE, start: at, partial: false };
}
