import type { Nanos } from '@forebear/model/event/time';
import type { IngestService } from '../ingest/ingestService.ts';
import type { Cases } from '../store/ports.ts';

/** What the HTTP app is handed. Nothing here listens, reads the environment or knows an adapter. */
export interface HttpDeps {
  readonly cases: Cases;
  readonly ingest: IngestService;
  /** Exact `host:port` texts that are us; read on every request, since a port 0 is known only after listening. */
  readonly hosts: () => ReadonlySet<string>;
  readonly now: () => Nanos;
  readonly newId: () => string;
  /** The directory of the built web app; undefined: the API alone. */
  readonly webRoot: string | undefined;
  /** NDJSON of a named sample, or undefined for a name we do not have. */
  readonly sample: (
    name: string,
  ) => { readonly title: string; readonly body: AsyncIterable<Uint8Array> } | undefined;
  readonly version: string;
  /** Off in tests. */
  readonly log: boolean;
  /** Takes a line of the log, JSON with its newline; absent: standard output. */
  readonly logTo?: { readonly write: (line: string) => void };
}
