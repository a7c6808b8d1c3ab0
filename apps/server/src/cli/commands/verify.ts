import { type CommonOptions, type Context, tell, writeJson, writeLines } from '../context.ts';
import { CommandEnd, type ExitCode, exitCodes } from '../exit.ts';
import { countText } from '../figures.ts';
import { printable } from '../printable.ts';
import { openSession, withSession } from '../session.ts';

export interface VerifyOptions extends CommonOptions {
  readonly rebuild?: boolean;
}

/** What agrees, by what the pods were compared with. */
const agreements = {
  nothing: 'the ledger and the raw bytes agree',
  whole:
    'ledger and bytes agree, and every pod comes out the same from its part of the facts as from all of them',
  units:
    'ledger and bytes agree, and every pod comes out the same alone as among its neighbours (too large to derive at once)',
} as const;

/** `verify`: the ledger counted again, raw bytes read back; with `--rebuild` every pod derived from its own part of the facts and compared. */
export async function verify(context: Context, options: VerifyOptions): Promise<ExitCode> {
  return withSession(openSession(context, options), async ({ store, where }) => {
    if (store === undefined) {
      throw new CommandEnd(
        exitCodes.unusableInput,
        `A server holds this store (${printable(where)}), and checking needs it alone. Stop the server first.`,
      );
    }
    const { evidence } = await store();
    const report = await evidence.verify({ compare: options.rebuild === true });
    if (options.json === true) await writeJson(context, report);
    else {
      const { ink } = context;
      const isWell = report.faults.length === 0;
      await writeLines(context, [
        `${countText(report.records)} records · ${countText(report.events)} events · ${countText(report.processes)} processes · ${countText(report.blocks)} raw blocks`,
        `digest ${report.digest}`,
        isWell
          ? ink.good(`No fault: ${agreements[report.comparedWith ?? 'nothing']}.`)
          : ink.bad(`${countText(report.faults.length)} faults:`),
        ...report.faults.map((fault) => `  ${printable(fault)}`),
      ]);
    }
    if (report.faults.length === 0) return exitCodes.fine;
    await tell(
      context,
      'The store is not what it says. Keep the files, and take the logs in anew.',
    );
    return exitCodes.unusableInput;
  });
}
