import { nanos } from '@forebear/model/event/time';
import type { Ledger } from '@forebear/model/wire/primitives';
import { composeServer } from '../compose.ts';

/** What a data directory holds once its server is gone: all that must be equal after a crash and a second try. */
export interface Evidence {
  /** Of everything derived. */
  readonly digest: string;
  readonly faults: readonly string[];
  readonly events: number;
  readonly processes: number;
  readonly ledgers: readonly { readonly state: string; readonly ledger: Ledger }[];
}

/** Opens the directory, verifies the default case from the ground up, closes it. */
export async function evidenceOf(dataDir: string): Promise<Evidence> {
  const server = await composeServer({
    dataDir,
    allowedHosts: [],
    log: false,
    now: () => nanos(BigInt(Date.now()) * 1_000_000n),
  });
  try {
    const opened = await server.cases.open('default');
    if (!opened.ok) throw new Error(opened.problem.message);
    const { digest, faults, events, processes } = await opened.value.evidence.verify({
      compare: true,
    });
    const sources = await opened.value.queries.sources();
    return {
      digest,
      faults,
      events,
      processes,
      ledgers: sources.map(({ state, ledger }) => ({ state, ledger })),
    };
  } finally {
    await server.close();
  }
}
