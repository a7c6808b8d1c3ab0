import type * as Compose from '../compose.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { colourInk, type Ink, plainInk } from './ink.ts';
import { printableJson } from './printable.ts';
import type { Terminal } from './terminal.ts';

/** What every command is handed: the terminal, how to set text apart, and the house, loaded when first needed. */
export interface Context {
  readonly terminal: Terminal;
  readonly ink: Ink;
  readonly version: string;
  readonly load: () => Promise<typeof Compose>;
}

/** Options that every command takes. */
export interface CommonOptions {
  readonly case?: string;
  readonly data?: string;
  readonly server?: string;
  readonly json?: boolean;
}

/** A context for a terminal: colours only where somebody looks and did not say no. */
export function createContext(terminal: Terminal, version: string, load: Context['load']): Context {
  const { env, out } = terminal;
  const wantsColour =
    out.isTTY && (env.NO_COLOR === undefined || env.NO_COLOR === '') && env.TERM !== 'dumb';
  return { terminal, ink: wantsColour ? colourInk : plainInk, version, load };
}

/** Writes lines, a block at a time, waiting for room. */
export async function writeLines(
  { terminal }: Pick<Context, 'terminal'>,
  lines: Iterable<string>,
): Promise<void> {
  let block = '';
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length < 16_384) continue;
    await terminal.out.write(block);
    block = '';
  }
  if (block !== '') await terminal.out.write(block);
}

/** Writes an answer of the API as JSON: indented for a reader, on one line for a program. */
export async function writeJson({ terminal }: Context, value: unknown): Promise<void> {
  const text = JSON.stringify(value, undefined, terminal.out.isTTY ? 2 : undefined);
  await terminal.out.write(`${printableJson(text)}\n`);
}

/** A sentence for the user beside the output: standard error, so that pipes stay clean. */
export async function tell({ terminal }: Context, text: string): Promise<void> {
  await terminal.err.write(`${text}\n`);
}

/** The end of a command that used a wrong word: exit code 2. */
export function usageError(message: string): CommandEnd {
  return new CommandEnd(exitCodes.usage, message);
}
