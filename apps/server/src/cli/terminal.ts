import type { Nanos } from '@forebear/model/event/time';

/** Where a command writes: bytes and text in order, resolved when there is room for more. */
export interface Screen {
  /** Rejects with `BrokenPipe` once nobody reads any more. */
  write(data: string | Uint8Array): Promise<void>;
  readonly isTTY: boolean;
  /** Columns of the terminal; infinite when it is none. */
  readonly columns: number;
}

/** Everything a command knows of the world it runs in; `main` hands it in. */
export interface Terminal {
  readonly out: Screen;
  readonly err: Screen;
  /** Standard input, once. */
  readonly input: () => AsyncIterable<Uint8Array>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string;
  /** Aborted by the first signal: end what you do, keep what is in. */
  readonly signal: AbortSignal;
  /** Milliseconds of a clock that only goes forward. */
  readonly nowMs: () => number;
  /** The time of day. */
  readonly now: () => Nanos;
  /** Shows an address in the user's browser, as far as that works. */
  readonly openBrowser: (url: string) => void;
}

/** The reader of our output has gone (`| head`): the end of the work, no failure. */
export class BrokenPipe extends Error {}
