import type { Wrapper } from './framed.ts';
import { encodeText, parseJson } from './text.ts';

/** The content of one line of Docker's json-file log. `partial`: it does not end in a newline, so more may follow. */
export interface DockerLine {
  readonly wrapper: Wrapper;
  /** UTF-8 of `log`, without the newline at its end. */
  readonly content: Uint8Array;
  readonly partial: boolean;
}

const HEAD = [...'{"log":'].map((character) => character.charCodeAt(0));

/** Whether an object begins like Docker's: cheap, and asked for each record. */
export function looksLikeDocker(bytes: Uint8Array, at: number): boolean {
  for (let index = HEAD.length - 1; index >= 0; index--) {
    if (bytes[at + index] !== HEAD[index]) return false;
  }
  return true;
}

/** `{"log":"...\n","stream":"stdout","time":"..."}`, or `undefined` for any other object. */
export function unwrapDocker(bytes: Uint8Array): DockerLine | undefined {
  const value = parseJson(bytes);
  if (typeof value !== 'object' || value === null) return undefined;
  const log = 'log' in value ? value.log : undefined;
  const stream = 'stream' in value ? value.stream : undefined;
  const time = 'time' in value ? value.time : undefined;
  if (typeof log !== 'string' || typeof stream !== 'string') return undefined;
  const partial = !log.endsWith('\n');
  return {
    wrapper: {
      kind: 'docker',
      time: typeof time === 'string' ? time : undefined,
      stream,
      tag: undefined,
    },
    content: encodeText(partial ? log : log.replace(/\r?\n$/, '')),
    partial,
  };
}
