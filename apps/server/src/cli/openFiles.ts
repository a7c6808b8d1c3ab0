import { readPlace } from '../config.ts';
import { type CommonOptions, type Context, tell, usageError } from './context.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { findInputs } from './inputs.ts';
import { printable } from './printable.ts';
import { openMemorySession, openSession, type Session } from './session.ts';
import { takeIn } from './takeIn.ts';

/** A session over `--file`, in memory, or over what is stored. */
export function openFilesOrStore(
  context: Context,
  options: CommonOptions & { readonly file?: readonly string[] },
): Promise<Session> {
  return options.file === undefined
    ? openSession(context, options)
    : openFiles(context, options.file, options);
}

/** A Forebear in memory with these files in it. */
export async function openFiles(
  context: Context,
  names: readonly string[],
  options: CommonOptions,
): Promise<Session> {
  const place = readPlace(options, context.terminal);
  if (!place.ok) throw usageError(place.errors.join('\n'));
  const inputs = await findInputs(names, context.terminal);
  const session = await openMemorySession(context, place.value.caseName);
  try {
    let refused: CommandEnd | undefined;
    let usable = 0;
    for (const input of inputs) {
      const taken = await takeIn(context, session.caller, input, { format: 'auto', cluster: '' });
      if (context.terminal.signal.aborted)
        throw new CommandEnd(exitCodes.interrupted, 'Interrupted.');
      if (!taken.ok) {
        // A folder may hold more than logs: what can be read is shown, the rest is named.
        refused ??= taken.end;
        if (inputs.length > 1) await tell(context, printable(taken.end.message));
        continue;
      }
      usable += 1;
      const { state, note } = taken.source;
      if (state !== 'complete') await tell(context, printable(`${input.name}: ${note}`));
    }
    if (refused !== undefined && usable === 0) throw refused;
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}
